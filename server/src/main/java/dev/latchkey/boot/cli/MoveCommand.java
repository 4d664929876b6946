package dev.latchkey.boot.cli;

import dev.latchkey.boot.Configuration;
import dev.latchkey.boot.Relocation;
import dev.latchkey.db.MovedTable;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command
final class MoveCommand implements Callable<Integer> {
    private final PrintStream out;

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "ADDRESS",
            description = "An empty PostgreSQL database: postgres://user@host:5432/name or jdbc:postgresql://…")
    private String to = "";

    @Option(
            names = "--password-stdin",
            description =
                    "Reads the database user's password from the first line of standard input. Default: PGPASSWORD.")
    private boolean passwordStdin;

    @Option(names = "--json", description = "Print the tables as JSON.")
    private boolean json;

    MoveCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        PostgresTarget target = PostgresTarget.of(to);
        if (target.holdsPassword()) {
            System.err.println(
                    "The address holds a password, which every user of this machine can see while this runs. Next"
                            + " time leave it out and use --password-stdin or PGPASSWORD.");
        }
        Configuration from = database.configuration();
        Configuration onPostgres = database.configurationAt(target.with(password()));
        Relocation.Report report;
        try (ProgressLine progress = ProgressLine.ofPhases()) {
            report = new Relocation(from, onPostgres, Clock.systemUTC()).run(progress);
        }
        print(report, target);
        return ExitCode.OK;
    }

    private Optional<String> password() throws IOException {
        return passwordStdin ? Optional.of(SecretInput.line()) : Optional.ofNullable(System.getenv("PGPASSWORD"));
    }

    private void print(Relocation.Report report, PostgresTarget target) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (MovedTable table : report.tables()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("table", table.name());
            row.put("rows", table.rows());
            row.put("sha256", table.sha256());
            rows.add(row);
        }
        Output.rows(out, json, rows);
        if (json) {
            return;
        }
        out.println(
                "Everything is in PostgreSQL as it was; " + report.events() + " audited events are proved there. Now:");
        out.println(
                "  1. set LATCHKEY_DATABASE_URL to " + target.shown() + " with the user's password, for every server,");
        out.println(
                "  2. give every server the same master key: this one's is in the data folder's master.key unless it was"
                        + " configured; on other machines set LATCHKEY_MASTER_KEY_FILE,");
        out.println("  3. start the server. Whoever is signed in stays so.");
        out.println("The SQLite database is " + report.formerFile()
                + " now, and no server starts on this folder without an address. Delete it once you have a backup of the new"
                + " one.");
    }
}
