package dev.latchkey.boot.cli;

import dev.latchkey.config.Settings;
import java.io.PrintStream;
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
        long given = settings.all().stream()
                .filter(it -> settings.isSet(it.setting()))
                .count();
        out.println("The configuration is fine: " + given + " of "
                + settings.all().size() + " settings are given, the rest have their defaults.");
        return ExitCode.OK;
    }
}
