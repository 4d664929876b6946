package dev.latchkey.boot.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** Who may read a file. */
final class OpenFile {
    private static final Set<PosixFilePermission> OWNER =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private OpenFile() {}

    /** Whether others than its owner may use it; {@code false} where the file system has no such notion. */
    static boolean isOpenToOthers(Path file) throws IOException {
        try {
            return !OWNER.containsAll(Files.getPosixFilePermissions(file));
        } catch (UnsupportedOperationException noPosix) {
            return false;
        }
    }
}
