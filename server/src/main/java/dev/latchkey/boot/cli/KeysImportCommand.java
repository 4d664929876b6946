package dev.latchkey.boot.cli;

import dev.latchkey.boot.Operations;
import dev.latchkey.config.DurationText;
import dev.latchkey.jose.BroughtKey;
import dev.latchkey.jose.KeyFormatException;
import dev.latchkey.jose.PemKeys;
import dev.latchkey.jose.SignatureAlgorithm;
import dev.latchkey.key.KeyInfo;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command
final class KeysImportCommand implements Callable<Integer> {
    private final PrintStream out;

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private PassphraseOptions passphrase = new PassphraseOptions();

    @Parameters(
            paramLabel = "FILE",
            description = "A private key in PKCS#8 PEM form, plain or encrypted; or a public key or certificate.")
    private Path file = Path.of("");

    @Option(
            names = "--now",
            description =
                    "Sign with it at once, instead of after keys.publish-ahead. Applications that cached the key set refuse"
                            + " new tokens until they read it again, up to five minutes.")
    private boolean now;

    @Option(
            names = "--publish-for",
            paramLabel = "TIME",
            description = "Do not sign with it: only publish it for so long, such as 30d, so that applications go on"
                    + " verifying what a former system signed.")
    private Optional<String> publishFor = Optional.empty();

    @Option(
            names = "--kid",
            description = "The key's id in tokens, as the former system had it. Default: its thumbprint.")
    private Optional<String> kid = Optional.empty();

    @Option(names = "--algorithm", description = "For an RSA key: RS256 (the default) or PS256.")
    private Optional<SignatureAlgorithm> algorithm = Optional.empty();

    @Option(names = "--json", description = "Print the key as JSON.")
    private boolean json;

    KeysImportCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        if (now && publishFor.isPresent()) {
            throw new Refusal(ExitCode.USAGE, "--now signs with the key, --publish-for does not; give one of them.");
        }
        BroughtKey key = read();
        if (key.privateKey().isEmpty() && publishFor.isEmpty()) {
            throw new Refusal(
                    ExitCode.USAGE, "The file holds a public key only. Give --publish-for and a time such as 30d.");
        }
        try (Operations operations = database.open()) {
            KeyInfo imported = imported(operations, key);
            Output.row(out, json, KeyLine.of(imported));
            if (publishFor.isEmpty() && imported.algorithm() != operations.tokenAlgorithm()) {
                System.err.println("Access tokens are signed with " + operations.tokenAlgorithm()
                        + " (token.algorithm) and so with another key. Set token.algorithm to "
                        + imported.algorithm() + " on every server to sign them with this one.");
            }
        }
        return ExitCode.OK;
    }

    private KeyInfo imported(Operations operations, BroughtKey key) {
        SignatureAlgorithm used = algorithm.orElse(key.algorithms().getFirst());
        if (publishFor.isEmpty()) {
            return operations.keyImports().sign(key, used, kid, now);
        }
        try {
            return operations
                    .keyImports()
                    .publish(key, used, kid, Clock.systemUTC().instant().plus(DurationText.parse(publishFor.get())));
        } catch (IllegalArgumentException notATime) {
            throw new Refusal(ExitCode.USAGE, "--publish-for " + notATime.getMessage() + ".");
        }
    }

    private BroughtKey read() {
        try {
            String pem = Files.readString(file, StandardCharsets.US_ASCII);
            if (PemKeys.isPlainPrivate(pem) && OpenFile.isOpenToOthers(file)) {
                System.err.println("Others may read the private key in " + file
                        + ". Run chmod 600 on it, and delete it once the import is done.");
            }
            return PemKeys.read(pem, () -> passphrase.read(file));
        } catch (KeyFormatException unusable) {
            throw new Refusal(ExitCode.NO, String.valueOf(unusable.getMessage()));
        } catch (IOException unreadable) {
            throw new Refusal(
                    ExitCode.NO, "The file " + file + " cannot be read as PEM text. Check its name and rights.");
        }
    }
}
