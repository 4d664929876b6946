package dev.latchkey.db;

import dev.latchkey.core.OperationalException;
import dev.latchkey.db.DatabaseAddress.PostgresServer;
import dev.latchkey.db.DatabaseAddress.SqliteFile;
import java.nio.file.Files;
import java.util.List;

/** Opens the configured database. It must have been migrated: {@link Migrations#migrate()}. */
public final class Databases {
    /** Connections of a command that looks. */
    private static final int LOOKING = 2;

    private Databases() {}

    /**
     * Opens the database. PostgreSQL is connected to when first used and may be away; SQLite is opened at once.
     *
     * @throws OperationalException when the SQLite file cannot be opened, saying what to do
     */
    public static Database open(DatabaseConfig config) {
        return switch (config.address()) {
            case SqliteFile sqlite -> SqliteDatabase.open(sqlite.file(), config.readers());
            case PostgresServer server -> PostgresDatabase.open(server, config.connections());
        };
    }

    /**
     * Opens a database that is there already, for commands that only look: what writes throws {@link IllegalStateException}.
     *
     * @throws OperationalException when there is none or its schema is not this version's, saying what to do
     */
    public static Database openForReading(DatabaseConfig config) {
        if (config.address() instanceof SqliteFile sqlite && !Files.exists(sqlite.file())) {
            throw new OperationalException(
                    "There is no database " + sqlite.file().toAbsolutePath()
                            + ". Name the folder of an existing one with --data, or start the server once to make one.");
        }
        List<String> pending = Migrations.of(config).pendingUntouched();
        if (!pending.isEmpty()) {
            throw new OperationalException(
                    "The database is of an older version of Latchkey, and this command changes nothing:"
                            + " run latchkey migrate first, or use that version.");
        }
        return switch (config.address()) {
            case SqliteFile sqlite ->
                new ReadingDatabase(new SqliteReaders(SqliteFiles.toLookAt(sqlite.file()), config.readers()));
            case PostgresServer server -> new ReadingDatabase(PostgresDatabase.open(server, LOOKING));
        };
    }
}
