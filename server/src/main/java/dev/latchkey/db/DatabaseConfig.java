package dev.latchkey.db;

import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import java.nio.file.Path;
import java.util.List;

/** Where the data is kept and with how many connections. */
public record DatabaseConfig(DatabaseAddress address, Path dataDirectory, int connections, int readers) {
    static final Setting<String> URL = Setting.secret(
                    "database.url",
                    "PostgreSQL database, as postgres://user:password@host:5432/name or jdbc:postgresql://host:5432/name."
                            + " Where several hosts are named (host1:5432,host2:5432), the one that takes writes is used."
                            + " Unset: SQLite in the data folder.")
            .alias("DATABASE_URL")
            .check(DatabaseAddress::accepts, DatabaseAddress.COMPLAINT);
    static final Setting<String> DATA = Setting.text(
            "data.directory", "data", "Folder of the SQLite database, the master key and other local state.");
    static final Setting<Integer> CONNECTIONS = Setting.integer(
            "database.connections",
            10,
            2,
            200,
            "Connections to PostgreSQL for writing, per server; half as many for reading.");
    static final Setting<Integer> READERS = Setting.integer(
            "database.readers", 4, 1, 32, "Connections that read the SQLite database beside its one writer.");

    public static List<Setting<?>> settings() {
        return List.of(URL, DATA, CONNECTIONS, READERS);
    }

    public static DatabaseConfig from(Settings settings) {
        Path data = Path.of(settings.get(DATA));
        return new DatabaseConfig(
                DatabaseAddress.of(settings.get(URL), data), data, settings.get(CONNECTIONS), settings.get(READERS));
    }

    /** The most connections that one server opens to PostgreSQL: to write, to read, and to hear of changes. */
    public int mostConnections() {
        return connections + PostgresDatabase.readers(connections) + 1;
    }

    /** SQLite in {@code dataDirectory}. */
    public static DatabaseConfig sqliteIn(Path dataDirectory) {
        return new DatabaseConfig(
                DatabaseAddress.of("", dataDirectory),
                dataDirectory,
                CONNECTIONS.defaultValue(),
                READERS.defaultValue());
    }

    public static DatabaseConfig defaults() {
        return sqliteIn(Path.of(DATA.defaultValue()));
    }
}
