package dev.latchkey.boot;

import dev.latchkey.admin.UserAdministration;
import dev.latchkey.audit.AuditVerifier;
import dev.latchkey.audit.Checkpoint;
import dev.latchkey.audit.Detail;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.Finding;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.audit.VerifyReport;
import dev.latchkey.backup.BackupException;
import dev.latchkey.backup.BackupFile;
import dev.latchkey.backup.Manifest;
import dev.latchkey.core.OperationalException;
import dev.latchkey.db.DatabaseAddress;
import dev.latchkey.db.Migrations;
import dev.latchkey.db.ServerLock;
import dev.latchkey.db.SqliteCopy;
import dev.latchkey.db.SqlitePlace;
import dev.latchkey.key.KeyInfo;
import dev.latchkey.key.KeyState;
import dev.latchkey.key.KeyUse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Puts a backup in the place of a SQLite database. Everything is proved and done beside the place first; what was there goes aside
 * in the last step and is never touched before.
 *
 * <p>The restored state knows nothing of what was revoked, spent or rotated since the backup. So, unless sessions are kept, all
 * that anybody may hold is ended: sessions, refresh families, links, access tokens, and the keys that signed them.
 */
public final class Restoration {
    private static final String BACKUP_OF = "backupOf";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final DatabaseAddress.SqliteFile database;
    private final Path dataDirectory;
    private final Function<Path, Configuration> onFile;
    private final Clock clock;

    /** @param onFile the configuration of the same installation on another SQLite file */
    public Restoration(Configuration configuration, Function<Path, Configuration> onFile, Clock clock) {
        if (!(configuration.database().address() instanceof DatabaseAddress.SqliteFile sqlite)) {
            throw new IllegalArgumentException("only SQLite databases are restored this way");
        }
        this.database = sqlite;
        this.dataDirectory = configuration.database().dataDirectory();
        this.onFile = onFile;
        this.clock = clock;
    }

    /**
     * What was done.
     *
     * @param events audited events that were proved
     * @param aside where the former database is now
     */
    public record Report(Manifest manifest, long events, Optional<Path> aside) {}

    /**
     * Restores. When it throws, the place is as it was.
     *
     * @param force moves a database that is there aside; else its being there is a refusal
     * @param keepSessions leaves in force what was in force at the time of the backup
     * @throws OperationalException when it cannot be done, saying what to do
     * @throws BackupException when the file is no good
     * @throws dev.latchkey.config.SettingsException when the master key is missing or another
     */
    public Report restore(BackupFile backup, boolean force, boolean keepSessions, Progress progress)
            throws IOException {
        Manifest manifest = backup.manifest();
        SqlitePlace place = SqlitePlace.of(database.file());
        ServerLock lock = ServerLock.take(dataDirectory);
        try {
            place.dropStaged();
            if (place.isTaken() && !force) {
                throw new OperationalException(
                        "There is a database already: " + database.file().toAbsolutePath()
                                + ". Give --force to move it aside, or --data with an empty folder.");
            }
            Progress.Phase unpacking = progress.begin("Unpacking", "bytes");
            backup.extract(place.staged(), done -> unpacking.at(done, manifest.bytes()));
            long events = makeReady(place.staged(), manifest, keepSessions, progress);
            return new Report(manifest, events, replace(place));
        } catch (RuntimeException | IOException | Error refused) {
            place.dropStaged();
            throw refused;
        } finally {
            lock.close();
        }
    }

    private Optional<Path> replace(SqlitePlace place) {
        String aside = ".before-restore-" + STAMP.format(clock.instant());
        boolean taken = place.isTaken();
        place.replace(aside);
        return taken ? Optional.of(Path.of(database.file() + aside)) : Optional.empty();
    }

    /**
     * The same for a database that other tools set back, such as pg_restore or a snapshot of a disk: proves its trail and ends all
     * that is in force. No server may be running on it.
     *
     * @return audited events that were proved
     * @throws OperationalException when the trail was altered
     */
    public static long settle(Configuration configuration, Clock clock, Progress progress) {
        Migrations.of(configuration.database()).migrate();
        try (Services services = new Services(configuration, clock)) {
            long events = prove(services, Optional.empty(), progress);
            endAll(services, "elsewhere");
            return events;
        }
    }

    private long makeReady(Path file, Manifest manifest, boolean keepSessions, Progress progress) {
        Progress.Phase checking = progress.begin("Checking the database", "");
        SqliteCopy.check(file, () -> checking.at(0, 0));
        Configuration configuration = onFile.apply(file);
        Migrations.of(configuration.database()).migrate();
        long events;
        try (Services services = new Services(configuration, clock)) {
            events = prove(services, manifest.checkpoint(), progress);
            if (keepSessions) {
                recordKept(services, manifest);
            } else {
                endAll(services, manifest.takenAt().toString());
            }
        }
        if (!SqliteCopy.isOneFile(file)) {
            throw new OperationalException(
                    "SQLite could not finish writing " + file + ". Check the disk's free space.");
        }
        return events;
    }

    private static long prove(Services services, Optional<Checkpoint> checkpoint, Progress progress) {
        services.keys.reload();
        VerifyReport report = new AuditVerifier(services.database, new AuditKeys(services.keys), services.clock)
                .verify(checkpoint, progress.begin("Verifying the audit trail", "blocks")::at);
        if (!report.intact()) {
            throw new OperationalException("The audit trail was altered, so this state cannot be trusted: "
                    + String.join(
                            " ",
                            report.findings().stream().map(Finding::message).toList())
                    + " Restore another backup.");
        }
        return report.rows();
    }

    private static void endAll(Services services, String backupOf) {
        services.database.tx(tx -> {
            services.audit.record(
                    tx,
                    UserAdministration.byOperator(EventType.DATABASE_RESTORED).with(BACKUP_OF, backupOf));
            return tx;
        });
        // A key that was cut off since because it had leaked would sign again.
        List<KeyInfo> keys = services.keys.list().stream()
                .filter(key -> key.use() == KeyUse.TOKEN && key.state() != KeyState.REVOKED)
                .toList();
        keys.forEach(key -> services.keys.cutOff(key.kid()));
    }

    private static void recordKept(Services services, Manifest manifest) {
        SecurityEvent event = UserAdministration.byOperator(EventType.COMMAND_RUN)
                .with(Detail.COMMAND, "restore --keep-sessions")
                .with(BACKUP_OF, manifest.takenAt().toString());
        services.database.tx(tx -> {
            services.audit.record(tx, event);
            return tx;
        });
    }
}
