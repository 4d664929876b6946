package dev.latchkey.db;

import dev.latchkey.core.OperationalException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;

/** Copies a SQLite database while others use it, and proves that a copy is whole. */
public final class SqliteCopy {
    private static final int PAGES_A_STEP = 2_000;
    private static final int SHOWN_FAULTS = 5;
    private static final int STEPS_A_CALL = 50_000;
    private static final int GO_ON = 0;

    private SqliteCopy() {}

    /**
     * Copies everything that was committed when it began, and nothing of what is committed meanwhile. Writers do not wait for it.
     *
     * @param target is made, readable by its owner only
     * @throws OperationalException when it fails, saying why; the target may be left in part
     */
    public static void copy(Path source, Path target, CopyProgress progress) {
        new SqliteFiles(target);
        try (Connection connection = new SqliteFiles(source).reader();
                Statement statement = connection.createStatement()) {
            // The steps of a copy begin anew whenever somebody wrote between them, unless all read one snapshot.
            statement.execute("BEGIN");
            statement.execute("SELECT COUNT(*) FROM sqlite_schema");
            int outcome = connection
                    .unwrap(SQLiteConnection.class)
                    .getDatabase()
                    .backup(
                            "main",
                            target.toString(),
                            (left, all) -> progress.at((long) all - left, all),
                            1,
                            1_000,
                            PAGES_A_STEP);
            statement.execute("COMMIT");
            if (outcome != 0) {
                throw new OperationalException(
                        "SQLite could not copy " + source + " (code " + outcome + "). Check the disk's free space.");
            }
        } catch (SQLException failed) {
            throw new OperationalException(
                    "SQLite could not copy " + source.toAbsolutePath() + ": " + failed.getMessage() + ".", failed);
        }
    }

    /**
     * Reads the whole file as SQLite sees it.
     *
     * @param working called now and then: how much is left SQLite does not tell
     * @throws OperationalException when it is damaged or no SQLite database, naming the first faults
     */
    public static void check(Path file, Runnable working) {
        List<String> faults = new ArrayList<>();
        try (Connection connection = new SqliteFiles(file).reader();
                Statement statement = connection.createStatement()) {
            tell(connection, working);
            try (ResultSet rows = statement.executeQuery("PRAGMA integrity_check(" + SHOWN_FAULTS + ")")) {
                while (rows.next()) {
                    if (!rows.getString(1).equals("ok")) {
                        faults.add(rows.getString(1));
                    }
                }
            }
            try (ResultSet rows = statement.executeQuery("PRAGMA foreign_key_check")) {
                while (rows.next() && faults.size() < SHOWN_FAULTS) {
                    faults.add("a row of " + rows.getString(1) + " points to a row of " + rows.getString(3)
                            + " that is not there");
                }
            }
        } catch (SQLException failed) {
            faults.add(String.valueOf(failed.getMessage()));
        }
        if (!faults.isEmpty()) {
            throw new OperationalException(file + " is damaged: " + String.join("; ", faults) + ".");
        }
    }

    private static void tell(Connection connection, Runnable working) throws SQLException {
        ProgressHandler.setHandler(connection, STEPS_A_CALL, new ProgressHandler() {
            @Override
            protected int progress() {
                working.run();
                return GO_ON;
            }
        });
    }

    /** Whether nothing of the database is in its log any more, so that the one file is all of it. */
    public static boolean isOneFile(Path file) {
        return !Files.exists(Path.of(file + SqliteFiles.WAL)) || new SqliteFiles(file).walBytes() == 0;
    }
}
