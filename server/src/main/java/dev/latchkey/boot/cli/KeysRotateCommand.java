package dev.latchkey.boot.cli;

import dev.latchkey.boot.Operations;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command
final class KeysRotateCommand implements Callable<Integer> {
    private final PrintStream out;

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Option(
            names = "--now",
            description =
                    "Sign with the new key at once, instead of after keys.publish-ahead. Applications that cached the"
                            + " key set refuse new tokens until they read it again, up to five minutes.")
    private boolean now;

    @Option(names = "--json", description = "Print the key as JSON.")
    private boolean json;

    KeysRotateCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        try (Operations operations = database.open()) {
            Output.row(out, json, KeyLine.of(operations.rotateKey(now)));
        }
        return ExitCode.OK;
    }
}
