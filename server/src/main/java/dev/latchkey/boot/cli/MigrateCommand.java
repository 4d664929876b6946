package dev.latchkey.boot.cli;

import dev.latchkey.db.Migrations;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command
final class MigrateCommand implements Callable<Integer> {
    private final PrintStream out;

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Option(names = "--check", description = "Change nothing; exit 1 if migrations are pending.")
    private boolean check;

    MigrateCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        Migrations migrations = Migrations.of(database.configuration().database());
        if (!check) {
            int applied = migrations.migrate();
            out.println(
                    switch (applied) {
                        case 0 -> "The schema is current.";
                        case 1 -> "One migration was applied.";
                        default -> applied + " migrations were applied.";
                    });
            return ExitCode.OK;
        }
        List<String> pending = migrations.pending();
        if (pending.isEmpty()) {
            out.println("The schema is current.");
            return ExitCode.OK;
        }
        out.println("Pending, applied by latchkey migrate or the next start:");
        pending.forEach(file -> out.println("  " + file));
        return ExitCode.NO;
    }
}
