package dev.latchkey.db;

import dev.latchkey.core.OperationalException;
import java.io.Reader;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/** The only class that touches Flyway, so that a start without migrations does not load it. */
final class FlywayRun {
    static final String HISTORY = "schema_history";

    private static final System.Logger LOG = System.getLogger(FlywayRun.class.getName());

    /** While a change of a table waits for its lock, every statement of running servers on that table waits behind it. */
    private static final Duration LOCK_WAIT = Duration.ofSeconds(3);

    private static final int ATTEMPTS = 10;

    private final Engine engine;
    private final SortedMap<Integer, String> files;
    private final Duration lockWait;

    FlywayRun(Engine engine, SortedMap<Integer, String> files) {
        this(engine, files, LOCK_WAIT);
    }

    /** @param lockWait how long one attempt waits for a table, on PostgreSQL; there is as long a pause after it for others */
    FlywayRun(Engine engine, SortedMap<Integer, String> files, Duration lockWait) {
        this.engine = engine;
        this.files = files;
        this.lockWait = lockWait;
    }

    int migrate(DataSource source) {
        for (int attempt = 1; ; attempt++) {
            try {
                return migrateOnce(source);
            } catch (FlywayException failed) {
                if (!SqlStates.isLocked(failed)) {
                    throw new OperationalException(
                            "The database could not be migrated, and is as it was before: " + failed.getMessage(),
                            failed);
                }
                if (attempt == ATTEMPTS) {
                    throw locked(failed);
                }
                LOG.log(
                        Level.WARNING,
                        "A table to be migrated is in use by a long transaction; attempt {0} of {1} follows",
                        attempt + 1,
                        ATTEMPTS);
                LockSupport.parkNanos(lockWait.toNanos());
            }
        }
    }

    private static OperationalException locked(FlywayException failed) {
        return new OperationalException(
                "The database could not be migrated, and is as it was before: a transaction of somebody else keeps a table"
                        + " locked. Servers that run go on meanwhile. Look in pg_stat_activity for what has been running for"
                        + " long (xact_start), such as a dump or a report, let it finish or end it, and start again.",
                failed);
    }

    private int migrateOnce(DataSource source) {
        return Flyway.configure()
                .dataSource(source)
                .callbacks(callbacks())
                .table(HISTORY)
                .sqlMigrationPrefix("")
                .sqlMigrationSeparator("_")
                .resourceProvider(new Files())
                .placeholders(placeholders())
                // All or nothing: a failed upgrade leaves the database to the version that wrote it.
                .group(true)
                .loggers("slf4j")
                .load()
                .migrate()
                .migrationsExecuted;
    }

    private Callback[] callbacks() {
        return switch (engine) {
            case SQLITE -> new Callback[0];
            case POSTGRESQL -> new Callback[] {new LockWait(lockWait)};
        };
    }

    private Map<String, String> placeholders() {
        return switch (engine) {
            case SQLITE ->
                Map.of(
                        "text", "TEXT",
                        "bigint", "INTEGER",
                        "integer", "INTEGER",
                        "boolean", "INTEGER",
                        "blob", "BLOB",
                        "strict", "STRICT",
                        "unlogged", "",
                        // Begins a line that SQLite skips.
                        "postgresql", "--");
            case POSTGRESQL ->
                Map.of(
                        // Compares by code point, as SQLite does.
                        "text", "TEXT COLLATE \"C\"",
                        "bigint", "BIGINT",
                        "integer", "INTEGER",
                        "boolean", "BOOLEAN",
                        "blob", "BYTEA",
                        "strict", "",
                        // For rows whose loss means "refuse": no write-ahead log, so no fsync per commit.
                        "unlogged", "UNLOGGED",
                        "postgresql", "");
        };
    }

    private final class Files implements ResourceProvider {
        @Override
        public @Nullable LoadableResource getResource(String name) {
            // Flyway also asks for optional settings beside each file.
            return files.containsValue(name) ? new MigrationFile(name) : null;
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            if (!prefix.isEmpty()) {
                return List.of();
            }
            return files.values().stream()
                    .<LoadableResource>map(MigrationFile::new)
                    .toList();
        }
    }

    private static final class MigrationFile extends LoadableResource {
        private final String name;

        MigrationFile(String name) {
            this.name = name;
        }

        @Override
        public Reader read() {
            return MigrationFiles.open(name);
        }

        @Override
        public String getAbsolutePath() {
            return name;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return name;
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return name;
        }
    }
}
