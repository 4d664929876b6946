package dev.latchkey.backup;

import dev.latchkey.audit.Checkpoint;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a restore must know of a backup.
 *
 * @param format of the file; this version writes and reads {@value BackupFile#FORMAT}
 * @param takenAt everything acknowledged before is in the backup
 * @param version of Latchkey that took it
 * @param schema the number of the last migration
 * @param masterKey the id of the master key that what is sealed in it needs
 * @param bytes the length of the database
 * @param sha256 of the database, lower-case hexadecimal
 * @param checkpoint the end of its audit chain
 * @param settings what was configured, without secrets: for people who must set the server up again
 */
public record Manifest(
        int format,
        Instant takenAt,
        String version,
        int schema,
        String masterKey,
        long bytes,
        String sha256,
        Optional<Checkpoint> checkpoint,
        Map<String, String> settings) {
    Manifest measured(long length, String digest) {
        return new Manifest(format, takenAt, version, schema, masterKey, length, digest, checkpoint, settings);
    }

    /** With the present format; length and digest come with writing. */
    public static Manifest of(
            Instant takenAt,
            String version,
            int schema,
            String masterKey,
            Optional<Checkpoint> checkpoint,
            Map<String, String> settings) {
        return new Manifest(BackupFile.FORMAT, takenAt, version, schema, masterKey, 0, "", checkpoint, settings);
    }
}
