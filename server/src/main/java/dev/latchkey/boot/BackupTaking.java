package dev.latchkey.boot;

import dev.latchkey.admin.UserAdministration;
import dev.latchkey.audit.AuditExport;
import dev.latchkey.audit.Checkpoint;
import dev.latchkey.audit.Detail;
import dev.latchkey.audit.EventType;
import dev.latchkey.backup.BackupFile;
import dev.latchkey.backup.Manifest;
import dev.latchkey.core.OperationalException;
import dev.latchkey.db.DatabaseAddress;
import dev.latchkey.db.Migrations;
import dev.latchkey.db.SqliteCopy;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes a backup of a SQLite database: copy, check, pack, read again, and only then give it its name. */
final class BackupTaking {
    private final Services services;
    private final String version;
    private final Map<String, String> settings;

    BackupTaking(Services services, String version, Map<String, String> settings) {
        this.services = services;
        this.version = version;
        this.settings = settings;
    }

    /**
     * @param target must not exist
     * @throws OperationalException when the database cannot be copied or the copy is damaged
     */
    Manifest into(Path target, Progress progress) throws IOException {
        if (!(services.configuration.database().address() instanceof DatabaseAddress.SqliteFile database)) {
            throw new OperationalException("Only SQLite databases are backed up this way.");
        }
        Path copy = Path.of(target + ".copy");
        Path part = Path.of(target + ".part");
        // Before the copy: what the manifest promises must be in it.
        recordCommand();
        Instant takenAt = services.clock.instant();
        Optional<Checkpoint> checkpoint =
                new AuditExport(services.database, services.auditReader, new AuditKeys(services.keys)).checkpoint();
        int schema = Migrations.of(services.configuration.database()).version();
        try {
            SqliteCopy.copy(database.file(), copy, progress.begin("Copying", "pages")::at);
            Progress.Phase checking = progress.begin("Checking the copy", "");
            SqliteCopy.check(copy, () -> checking.at(0, 0));
            Manifest facts = Manifest.of(takenAt, version, schema, services.sealer.keyId(), checkpoint, settings);
            Manifest written = pack(copy, facts, new BackupFile(part), progress);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            forceFolderOf(target);
            return written;
        } finally {
            for (Path left : List.of(copy, Path.of(copy + "-wal"), Path.of(copy + "-shm"), part)) {
                Files.deleteIfExists(left);
            }
        }
    }

    private static Manifest pack(Path copy, Manifest facts, BackupFile file, Progress progress) throws IOException {
        Progress.Phase packing = progress.begin("Packing", "bytes");
        long bytes = Files.size(copy);
        Manifest manifest = file.write(copy, facts, done -> packing.at(done, bytes));
        Progress.Phase reading = progress.begin("Reading again", "bytes");
        file.prove(done -> reading.at(done, bytes));
        return manifest;
    }

    private void recordCommand() {
        services.database.tx(tx -> {
            services.audit.record(
                    tx, UserAdministration.byOperator(EventType.COMMAND_RUN).with(Detail.COMMAND, "backup"));
            return tx;
        });
        services.auditSealer.seal();
    }

    private static void forceFolderOf(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
