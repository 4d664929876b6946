package dev.latchkey.boot.cli;

import dev.latchkey.boot.Operations;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command
final class KeysCutOffCommand implements Callable<Integer> {
    private final PrintStream out;

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Option(names = "--kid", required = true, description = "The key's id, as keys list prints it.")
    private String kid = "";

    @Option(names = "--json", description = "Print the key as JSON.")
    private boolean json;

    KeysCutOffCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        try (Operations operations = database.open()) {
            Output.row(out, json, KeyLine.of(operations.cutOffKey(kid)));
        }
        return ExitCode.OK;
    }
}
