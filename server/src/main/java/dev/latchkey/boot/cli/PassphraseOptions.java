package dev.latchkey.boot.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a passphrase comes from; never an argument, which every user of the machine could see. */
final class PassphraseOptions {
    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "A file whose first line opens the encrypted key. Without it, and without --passphrase-env, a"
                    + " terminal is asked.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--passphrase-env",
            paramLabel = "NAME",
            description = "The environment variable that holds the passphrase.")
    private Optional<String> variable = Optional.empty();

    /** @param key what it opens, for the question */
    char[] read(Path key) {
        if (file.isPresent()) {
            return firstLine(file.get());
        }
        if (variable.isPresent()) {
            String value = System.getenv(variable.get());
            if (value == null || value.isEmpty()) {
                throw new Refusal(
                        ExitCode.USAGE, "The environment variable " + variable.get() + " is empty or not set.");
            }
            return value.toCharArray();
        }
        return Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .flatMap(console -> Optional.ofNullable(console.readPassword("Passphrase of %s: ", key)))
                .orElseThrow(
                        () -> new Refusal(
                                ExitCode.USAGE,
                                "The key is encrypted. Give --passphrase-file or --passphrase-env, or run this on a terminal."));
    }

    private static char[] firstLine(Path path) {
        try {
            return Files.readString(path, StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("")
                    .toCharArray();
        } catch (IOException unreadable) {
            throw new Refusal(ExitCode.NO, "The passphrase file " + path + " cannot be read.");
        }
    }
}
