package dev.latchkey.boot;

import dev.latchkey.admin.UserAdministration;
import dev.latchkey.audit.AuditVerifier;
import dev.latchkey.audit.Detail;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.Finding;
import dev.latchkey.audit.VerifyReport;
import dev.latchkey.config.SettingsException;
import dev.latchkey.core.FileFailure;
import dev.latchkey.core.OperationalException;
import dev.latchkey.core.Problem;
import dev.latchkey.db.DatabaseAddress;
import dev.latchkey.db.DatabaseMove;
import dev.latchkey.db.Migrations;
import dev.latchkey.db.MovedTable;
import dev.latchkey.db.ServerLock;
import dev.latchkey.db.SqlitePlace;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Moves a SQLite installation to PostgreSQL, with everything that is in force: whoever is signed in stays so. The server must be
 * stopped, or what it acknowledged meanwhile would be left behind. Afterwards the SQLite file is out of its place, because two
 * servers that both went on from one state would each accept tokens that the other has seen spent.
 */
public final class Relocation {
    private final Configuration from;
    private final Configuration to;
    private final DatabaseAddress.SqliteFile source;
    private final DatabaseAddress.PostgresServer target;
    private final Clock clock;

    /** @throws OperationalException unless {@code from} is on SQLite and {@code to} the same installation on PostgreSQL */
    public Relocation(Configuration from, Configuration to, Clock clock) {
        if (!(from.database().address() instanceof DatabaseAddress.SqliteFile sqlite)) {
            throw new OperationalException("This installation is not on SQLite, so there is nothing to move.");
        }
        if (!(to.database().address() instanceof DatabaseAddress.PostgresServer postgres)) {
            throw new OperationalException("Give the address of a PostgreSQL database, such as"
                    + " postgres://latchkey@db.example.com:5432/latchkey.");
        }
        this.from = from;
        this.to = to;
        this.source = sqlite;
        this.target = postgres;
        this.clock = clock;
    }

    /**
     * What was moved.
     *
     * @param formerFile where the SQLite database is now
     * @param events audited events that were proved on the other side
     */
    public record Report(List<MovedTable> tables, Path formerFile, long events) {}

    /**
     * Moves everything. When it throws, the SQLite database is in its place and in force.
     *
     * @throws OperationalException when it cannot be done, saying what to do; what was copied is to be dropped only where it
     *     says so
     * @throws SettingsException when the master key is missing or another
     */
    public Report run(Progress progress) {
        SqlitePlace place = SqlitePlace.of(source.file());
        if (!place.isTaken()) {
            throw new OperationalException(
                    "There is no database " + source.file().toAbsolutePath() + " to move.");
        }
        ServerLock lock = ServerLock.take(from.database().dataDirectory());
        try {
            recordCommand();
            prove(
                    from,
                    progress,
                    "The audit trail does not verify as it is, and nothing was moved. Run latchkey audit verify: ");
            Migrations.of(to.database()).migrate();
            List<MovedTable> tables = new DatabaseMove(source.file(), target)
                    .run(progress.begin("Moving", "rows copied or compared")::at);
            return finish(tables, place, progress);
        } finally {
            lock.close();
        }
    }

    /** From here on there are two databases, and only one of them may be in force. */
    private Report finish(List<MovedTable> tables, SqlitePlace place, Progress progress) {
        try {
            long events = prove(to, progress, "The audit trail does not verify in PostgreSQL: ");
            return new Report(tables, place.markMoved(), events);
        } catch (IllegalStateException | SettingsException | UncheckedIOException | Problem failed) {
            String why = switch (failed) {
                case Problem problem -> problem.internal() + ".";
                case UncheckedIOException files -> FileFailure.of(files).sentences();
                default -> String.valueOf(failed.getMessage());
            };
            throw new OperationalException(
                    "Everything was copied, but the move could not be finished: " + why
                            + " The SQLite database is still in"
                            + " force. Drop the copy (the PostgreSQL database), mend what is wrong, and move again into an"
                            + " empty one.",
                    failed);
        }
    }

    private void recordCommand() {
        Migrations.of(from.database()).migrate();
        try (Services services = new Services(from, clock)) {
            services.keys.reload();
            services.database.tx(tx -> {
                services.audit.record(
                        tx, UserAdministration.byOperator(EventType.COMMAND_RUN).with(Detail.COMMAND, "move"));
                return tx;
            });
        }
    }

    /** With the side's own settings, as its server starts. */
    private long prove(Configuration side, Progress progress, String complaint) {
        try (Services services = new Services(side, clock)) {
            services.keys.reload();
            VerifyReport report = new AuditVerifier(services.database, new AuditKeys(services.keys), clock)
                    .verify(Optional.empty(), progress.begin("Verifying the audit trail", "blocks")::at);
            if (!report.intact()) {
                throw new OperationalException(complaint
                        + String.join(
                                " ",
                                report.findings().stream().map(Finding::message).toList()));
            }
            return report.rows();
        }
    }
}
