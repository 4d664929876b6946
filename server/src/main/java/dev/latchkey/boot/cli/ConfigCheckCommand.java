package dev.latchkey.boot.cli;

import dev.latchkey.boot.Configuration;
import dev.latchkey.config.Settings;
import dev.latchkey.config.SettingsException;
import dev.latchkey.http.HttpsConfig;
import java.io.PrintStream;
import java.util.List;
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
        List<String> unusable =
                configuration.http().https().map(HttpsConfig::fileProblems).orElse(List.of());
        if (!unusable.isEmpty()) {
            throw new SettingsException(unusable);
        }
        String profile = configuration.profile().name().toLowerCase(Locale.ROOT);
        out.println("The configuration is fine; a server would start with it in the " + profile + " profile.");
        return ExitCode.OK;
    }
}
