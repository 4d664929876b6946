package dev.latchkey.db;

import dev.latchkey.core.FileFailure;
import dev.latchkey.core.OperationalException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The place of a SQLite database in its folder, and what may stand beside it: a database that a restore is about to put there, or
 * the one that was moved to PostgreSQL. Either keeps servers from starting on something else by mistake.
 */
public final class SqlitePlace {
    private static final String STAGED = ".staged";
    private static final String RESTORING = ".restoring";
    private static final String MOVED = ".moved";
    private static final List<String> PARTS = List.of("", SqliteFiles.WAL, SqliteFiles.SHARED_MEMORY);

    private final Path file;

    private SqlitePlace(Path file) {
        this.file = file;
    }

    public static SqlitePlace of(Path file) {
        return new SqlitePlace(file);
    }

    /** Where a database is made ready to take the place. */
    public Path staged() {
        return beside(STAGED);
    }

    public boolean isTaken() {
        return Files.exists(file);
    }

    /** Removes a database that was not made ready. */
    public void dropStaged() {
        try {
            for (String part : PARTS) {
                Files.deleteIfExists(Path.of(staged() + part));
            }
            Files.deleteIfExists(Path.of(staged() + Migrations.LOCK));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * Puts the staged database in the place; what was there goes aside, with what SQLite keeps beside it. May be interrupted
     * anywhere: from the first step to the last, nothing opens what the place holds.
     *
     * @param aside the end of the name that the former database gets
     */
    public void replace(String aside) {
        try {
            Files.move(staged(), beside(RESTORING), StandardCopyOption.ATOMIC_MOVE);
            // The log first: a new database must never meet the log of another.
            for (String part : PARTS.reversed()) {
                Path old = Path.of(file + part);
                if (Files.exists(old)) {
                    Files.move(old, Path.of(file + aside + part));
                }
            }
            Files.move(beside(RESTORING), file, StandardCopyOption.ATOMIC_MOVE);
            dropStaged();
            forceFolder();
        } catch (IOException failed) {
            throw new OperationalException(
                    "The restored database could not be put in the place of " + file + ": "
                            + FileFailure.of(failed).reason()
                            + ". Check the folder's permissions and run the restore again.",
                    failed);
        }
    }

    /** Takes the database out of the place for good: it went on elsewhere. Answers where its file is now. */
    public Path markMoved() {
        try {
            for (String part : PARTS.reversed()) {
                Path old = Path.of(file + part);
                if (Files.exists(old)) {
                    Files.move(old, Path.of(beside(MOVED) + part));
                }
            }
            forceFolder();
            return beside(MOVED);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** @throws OperationalException when the database is not to be opened as things are */
    void requireUsable() {
        if (Files.exists(beside(RESTORING))) {
            throw new OperationalException("A restore into " + file.toAbsolutePath()
                    + " did not finish. Run it again with --force. What it was about to put there, ready, is "
                    + beside(RESTORING).toAbsolutePath() + ".");
        }
        if (!Files.exists(file) && Files.exists(beside(MOVED))) {
            throw new OperationalException("This database was moved to PostgreSQL. Give its address as database.url"
                    + " (LATCHKEY_DATABASE_URL). To go back to what it was before the move, rename "
                    + beside(MOVED).toAbsolutePath() + " to " + file.getFileName() + ".");
        }
    }

    private Path beside(String end) {
        return Path.of(file + end);
    }

    private void forceFolder() throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (AccessDeniedException windows) {
            // A directory cannot be opened there, and needs not be: the move is journalled.
            return;
        }
    }
}
