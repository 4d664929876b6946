package dev.latchkey.db;

import dev.latchkey.core.FileFailure;
import dev.latchkey.core.OperationalException;
import dev.latchkey.db.DatabaseAddress.PostgresServer;
import dev.latchkey.db.DatabaseAddress.SqliteFile;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.sql.DataSource;

/**
 * Brings a database's tables to what this version of Latchkey works with. One timeline for both engines; only forward. A schema
 * that is up to date costs one query and does not load Flyway.
 */
public final class Migrations {
    /** The end of the name of the file that is locked while a SQLite database is migrated. */
    static final String LOCK = ".migrating";

    private static final System.Logger LOG = System.getLogger(Migrations.class.getName());
    private static final int UP_TO_DATE = 0;

    private final DatabaseConfig config;
    private final SortedMap<Integer, String> known = MigrationFiles.all();

    private Migrations(DatabaseConfig config) {
        this.config = config;
    }

    public static Migrations of(DatabaseConfig config) {
        return new Migrations(config);
    }

    /**
     * Migrates under a lock that other processes of the same database wait for.
     *
     * @return how many migrations were applied
     * @throws OperationalException when a newer version of Latchkey changed the database so that this one cannot work on it, it
     *     cannot be reached, or a migration failed; the message says what to do
     */
    public int migrate() {
        if (pending().isEmpty()) {
            return UP_TO_DATE;
        }
        FlywayRun run = new FlywayRun(config.address().engine(), known);
        if (config.address() instanceof SqliteFile sqlite) {
            return underFileLock(sqlite.file(), () -> run.migrate(source()));
        }
        // Flyway holds an advisory lock of PostgreSQL while it works.
        return run.migrate(source());
    }

    /**
     * The file names of migrations still to be applied, in order. Changes nothing, but makes an absent SQLite file.
     *
     * @throws OperationalException when a newer version of Latchkey changed the database so that this one cannot work on it, or
     *     it cannot be reached
     */
    public List<String> pending() {
        return pending(source());
    }

    /** The same of a database that is there, of which not even the journal mode is changed. */
    List<String> pendingUntouched() {
        return pending(
                switch (config.address()) {
                    case SqliteFile sqlite ->
                        SqliteFiles.toLookAt(sqlite.file()).direct();
                    case PostgresServer ignored -> source();
                });
    }

    private List<String> pending(DataSource source) {
        SortedSet<Integer> applied = applied(source);
        if (!known.keySet().containsAll(applied)) {
            requireUsable(source, applied.last());
        }
        return known.entrySet().stream()
                .filter(entry -> !applied.contains(entry.getKey()))
                .map(entry -> entry.getValue())
                .toList();
    }

    /** The number of the last migration that was applied; 0 where none was. */
    public int version() {
        SortedSet<Integer> applied = applied(source());
        return applied.isEmpty() ? 0 : applied.last();
    }

    /** The number of the last migration that this version of Latchkey knows. */
    public int newest() {
        return known.lastKey();
    }

    /** During a rolling upgrade servers of two versions share a schema, which is the newer one's. */
    private void requireUsable(DataSource source, int newest) {
        int mustKnow = ask(source, statement -> {
            try (ResultSet row = statement.executeQuery("SELECT must_know FROM schema_floor WHERE id = 1")) {
                return row.next() ? row.getInt(1) : newest;
            }
        });
        if (!known.containsKey(mustKnow)) {
            throw new OperationalException("A newer Latchkey has used this database: its schema is " + newest
                    + ", which servers work with that know " + mustKnow + "; this version knows up to "
                    + known.lastKey()
                    + ". Start that newer version, or restore the backup made before the upgrade.");
        }
        LOG.log(
                Level.WARNING,
                "A newer Latchkey has migrated this database (to {0}; this version knows up to {1}). This server can work on it."
                        + " Finish the upgrade.",
                Integer.toString(newest),
                Integer.toString(known.lastKey()));
    }

    private SortedSet<Integer> applied(DataSource source) {
        return ask(source, statement -> {
            SortedSet<Integer> versions = new TreeSet<>();
            if (!hasHistory(statement)) {
                return versions;
            }
            try (ResultSet rows =
                    statement.executeQuery("SELECT version FROM " + FlywayRun.HISTORY + " WHERE success")) {
                while (rows.next()) {
                    versions.add(Integer.valueOf(rows.getString(1)));
                }
            }
            return versions;
        });
    }

    private interface Question<T> {
        T ask(Statement statement) throws SQLException;
    }

    private <T> T ask(DataSource source, Question<T> question) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            return question.ask(statement);
        } catch (SQLException failed) {
            throw new OperationalException(
                    "The database cannot be opened: " + SqlStates.said(failed)
                            + ". Check database.url (or the data folder) and that the database runs.",
                    failed);
        }
    }

    private boolean hasHistory(Statement statement) throws SQLException {
        String question = switch (config.address().engine()) {
            case SQLITE -> "SELECT 1 FROM sqlite_master WHERE name = '" + FlywayRun.HISTORY + "'";
            case POSTGRESQL -> "SELECT 1 WHERE to_regclass('" + FlywayRun.HISTORY + "') IS NOT NULL";
        };
        try (ResultSet row = statement.executeQuery(question)) {
            return row.next();
        }
    }

    private DataSource source() {
        return switch (config.address()) {
            case SqliteFile sqlite -> new SqliteFiles(sqlite.file()).direct();
            case PostgresServer server -> new PostgresConnections(server).direct();
        };
    }

    @FunctionalInterface
    private interface Step {
        int run();
    }

    /** The file keeps other processes out, {@code synchronized} other threads of this one. */
    private static synchronized int underFileLock(Path database, Step step) {
        Path file = Path.of(database + LOCK);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            return step.run();
        } catch (IOException failed) {
            throw new OperationalException(
                    "The lock file " + file.toAbsolutePath() + " cannot be used: "
                            + FileFailure.of(failed).reason() + ". Check that this user may write to its folder.",
                    failed);
        }
    }
}
