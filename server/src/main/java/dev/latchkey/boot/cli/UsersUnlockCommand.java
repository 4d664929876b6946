package dev.latchkey.boot.cli;

import dev.latchkey.boot.Operations;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command
final class UsersUnlockCommand implements Callable<Integer> {
    private final PrintStream out;

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private UserOptions user = new UserOptions();

    UsersUnlockCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        try (Operations operations = database.open()) {
            Output.row(out, user.json(), UserRow.of(operations.unlock(user.email())));
        }
        return ExitCode.OK;
    }
}
