package dev.latchkey.boot.cli;

import dev.latchkey.boot.Operations;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command
final class KeysListCommand implements Callable<Integer> {
    private final PrintStream out;

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Option(names = "--json", description = "Print a JSON array.")
    private boolean json;

    KeysListCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        try (Operations operations = database.openForReading()) {
            Output.rows(out, json, operations.keys().stream().map(KeyLine::of).toList());
        }
        return ExitCode.OK;
    }
}
