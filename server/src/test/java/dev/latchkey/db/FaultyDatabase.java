package dev.latchkey.db;

import dev.latchkey.db.DatabaseAddress.SqliteFile;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** An SQLite database whose COMMIT fails when told to, for tests of what stands on it. */
public final class FaultyDatabase {
    /** What becomes of the transaction. */
    public enum Fault {
        /** COMMIT was not run: all of it is undone. */
        UNDONE,
        /** COMMIT was run, and reported as failed all the same. */
        DONE
    }

    private final Database database;
    private volatile @Nullable Fault fault;

    public FaultyDatabase(DatabaseConfig config) {
        SqliteFile file = (SqliteFile) config.address();
        this.database = SqliteDatabase.open(file.file(), config.readers(), this::between);
    }

    public Database database() {
        return database;
    }

    /** From now on every COMMIT fails. */
    public void failCommits(Fault kind) {
        fault = kind;
    }

    public void heal() {
        fault = null;
    }

    private SqliteCommand.Runner between(SqliteCommand.Runner real) {
        return command -> {
            Fault now = fault;
            if (command != SqliteCommand.COMMIT || now == null) {
                real.run(command);
                return;
            }
            if (now == Fault.DONE) {
                real.run(command);
            }
            throw new SQLException("injected fault at " + command);
        };
    }
}
