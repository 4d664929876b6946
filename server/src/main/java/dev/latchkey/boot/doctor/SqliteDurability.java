package dev.latchkey.boot.doctor;

import dev.latchkey.db.DatabaseAddress.SqliteFile;
import dev.latchkey.db.DatabaseFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;

/** The file is as a server keeps it. */
final class SqliteDurability implements Check {
    private static final Set<String> REMOTE = Set.of("nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "9p");

    @Override
    public String name() {
        return "database file";
    }

    @Override
    public List<Finding> run(Installation installation) {
        if (!(installation.configuration().database().address() instanceof SqliteFile sqlite)
                || !Files.exists(sqlite.file())) {
            return List.of();
        }
        try {
            return judged(sqlite.file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Finding> judged(Path file) throws IOException {
        if (!DatabaseFacts.isWriteAheadLog(file)) {
            return fail(file
                    + " is not in the write-ahead journal mode that a server puts it into: another program changed it."
                    + " Stop that program; the next start of the server puts it right.");
        }
        if (isOpenToOthers(file)) {
            return fail("Others may read or write " + file + ". Run chmod 600 on it.");
        }
        String kind = Files.getFileStore(file).type();
        if (REMOTE.contains(kind)) {
            return fail(
                    file + " is on a network file system (" + kind
                            + "), whose locks SQLite cannot rely on: the database will break. Use a local disk, or PostgreSQL.");
        }
        return ok(
                "SQLite with a write-ahead log; a server writes every commit to disk before it answers (synchronous=FULL).");
    }

    private static boolean isOpenToOthers(Path file) throws IOException {
        try {
            return Files.getPosixFilePermissions(file).stream()
                    .anyMatch(it -> it == PosixFilePermission.OTHERS_READ
                            || it == PosixFilePermission.OTHERS_WRITE
                            || it == PosixFilePermission.GROUP_WRITE);
        } catch (UnsupportedOperationException noPosix) {
            return false;
        }
    }
}
