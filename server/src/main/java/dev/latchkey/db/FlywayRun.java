package dev.latchkey.db;

import java.io.Reader;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/** The only class that touches Flyway, so that a start without migrations does not load it. */
final class FlywayRun {
    static final String HISTORY = "schema_history";

    private final Engine engine;
    private final SortedMap<Integer, String> files;

    FlywayRun(Engine engine, SortedMap<Integer, String> files) {
        this.engine = engine;
        this.files = files;
    }

    int migrate(DataSource source) {
        try {
            return Flyway.configure()
                    .dataSource(source)
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
        } catch (FlywayException failed) {
            throw new IllegalStateException(
                    "The database could not be migrated, and is as it was before: " + failed.getMessage(), failed);
        }
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
