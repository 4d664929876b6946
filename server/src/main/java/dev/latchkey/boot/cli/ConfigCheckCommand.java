package dev.latchkey.boot.cli;

import dev.latchkey.boot.Configuration;
import dev.latchkey.config.Settings;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command
final class ConfigCheckCommand implements Callable<Integer> {
    private final PrintStream out;

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    ConfigCheckCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        Settings settings = options.load(System.getenv());
        Configuration configuration = Configuration.from(settings, System.getenv());
        String profile = configuration.profile().name().toLowerCase(Locale.ROOT);
        out.println("The configuration is fine; a server would start with it in the " + profile + " profile.");
        return ExitCode.OK;
    }
}
