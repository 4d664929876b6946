package dev.latchkey.boot.cli;

import dev.latchkey.boot.Configuration;
import dev.latchkey.config.Settings;
import dev.latchkey.core.ClientAddress;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.password.PasswordService;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command
final class HashPasswordCommand implements Callable<Integer> {
    private final PrintStream out;

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    HashPasswordCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        Settings settings = options.load(System.getenv());
        Configuration configuration = Configuration.from(settings, System.getenv());
        Clock clock = Clock.systemUTC();
        try (PasswordService passwords = new PasswordService(configuration.passwords(), new Secrets(clock), clock)) {
            out.println(passwords.hash(SecretInput.line(), new ClientAddress(InetAddress.getLoopbackAddress())));
        }
        return ExitCode.OK;
    }
}
