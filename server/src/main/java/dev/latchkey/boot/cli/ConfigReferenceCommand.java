package dev.latchkey.boot.cli;

import dev.latchkey.boot.KnownSettings;
import dev.latchkey.config.SettingsReference;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command
final class ConfigReferenceCommand implements Callable<Integer> {
    private final PrintStream out;

    ConfigReferenceCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        out.print(SettingsReference.markdown(KnownSettings.all()));
        return ExitCode.OK;
    }
}
