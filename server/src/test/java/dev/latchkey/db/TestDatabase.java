package dev.latchkey.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A fresh, migrated database for one test. Closing it closes what it opened and removes it. */
public final class TestDatabase implements AutoCloseable {
    private final DatabaseConfig config;
    private final Runnable remove;
    private @Nullable Database database;

    private TestDatabase(DatabaseConfig config, Runnable remove) {
        this.config = config;
        this.remove = remove;
    }

    /** Opens one; for tests that manage it themselves. */
    public static TestDatabase on(Engine engine) {
        return switch (engine) {
            case SQLITE -> sqlite();
            case POSTGRESQL -> postgres();
        };
    }

    /** One that somebody else removes. */
    static TestDatabase of(DatabaseConfig config) {
        return new TestDatabase(config, () -> {});
    }

    /** The database, the same at each call. */
    public synchronized Database database() {
        if (database == null) {
            database = Databases.open(config);
        }
        return database;
    }

    /** Runs a statement that PostgreSQL refuses inside a transaction. */
    public static void outsideTransaction(TestDatabase database, String statement) {
        try (Connection connection = new PostgresConnections((DatabaseAddress.PostgresServer) database.config.address())
                        .direct()
                        .getConnection();
                Statement open = connection.createStatement()) {
            open.execute(statement);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** For opening the same database again: a second node, or a restart. */
    public DatabaseConfig config() {
        return config;
    }

    public Engine engine() {
        return database().engine();
    }

    @Override
    public synchronized void close() {
        if (database != null) {
            database.close();
        }
        remove.run();
    }

    private static TestDatabase sqlite() {
        try {
            Path folder = Files.createTempDirectory("latchkey-test");
            DatabaseConfig config = DatabaseConfig.sqliteIn(folder);
            Files.copy(SqliteTemplate.file(), folder.resolve("latchkey.db"));
            return new TestDatabase(config, () -> delete(folder));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static TestDatabase postgres() {
        TestPostgres server = TestPostgres.running();
        String name = server.createFromTemplate();
        return new TestDatabase(server.config(name), () -> server.drop(name));
    }

    static void delete(Path folder) {
        try (Stream<Path> walk = Files.walk(folder)) {
            List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static final class SqliteTemplate {
        private static @Nullable Path migrated;

        static synchronized Path file() throws IOException {
            if (migrated == null) {
                Path folder = Files.createTempDirectory("latchkey-template");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
                Migrations.of(DatabaseConfig.sqliteIn(folder)).migrate();
                migrated = folder.resolve("latchkey.db");
            }
            return migrated;
        }
    }
}
