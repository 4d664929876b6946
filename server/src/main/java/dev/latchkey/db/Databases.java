package dev.latchkey.db;

import dev.latchkey.db.DatabaseAddress.PostgresServer;
import dev.latchkey.db.DatabaseAddress.SqliteFile;

/** Opens the configured database. It must have been migrated: {@link Migrations#migrate()}. */
public final class Databases {
    private Databases() {}

    /**
     * Opens the database. PostgreSQL is connected to when first used and may be away; SQLite is opened at once.
     *
     * @throws IllegalStateException when the SQLite file cannot be opened, saying what to do
     */
    public static Database open(DatabaseConfig config) {
        return switch (config.address()) {
            case SqliteFile sqlite -> SqliteDatabase.open(sqlite.file(), config.readers());
            case PostgresServer server -> PostgresDatabase.open(server, config.connections());
        };
    }
}
