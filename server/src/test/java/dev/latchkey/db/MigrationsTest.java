package dev.latchkey.db;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.latchkey.core.Eventually;
import dev.latchkey.core.OperationalException;
import dev.latchkey.db.DatabaseAddress.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {
    @Test
    @DisplayName("migrations have numbers of four digits from 1 up, and no two the same")
    void numbered() {
        assertThat(MigrationFiles.all()).containsKey(1);
        MigrationFiles.all()
                .forEach((version, name) ->
                        assertThat(name).matches("\\d{4}_[a-z_]+\\.sql").startsWith("%04d_".formatted(version)));
    }

    @Test
    @DisplayName("in a jar the migrations are those that the build listed; a jar without the list says what to do")
    void listedInJar(@TempDir Path folder) throws IOException {
        try (URLClassLoader build = jar(folder.resolve("right.jar"), Map.of("index", "0001_one.sql\n0020_two.sql"))) {
            assertThat(MigrationFiles.all(build)).isEqualTo(Map.of(1, "0001_one.sql", 20, "0020_two.sql"));
        }
        try (URLClassLoader build = jar(folder.resolve("without.jar"), Map.of("0001_one.sql", "SELECT 1"))) {
            assertThatThrownBy(() -> MigrationFiles.all(build)).hasMessageContaining("Build it again");
        }
    }

    @Test
    @DisplayName("the build's list names every migration")
    void listIsWhole() throws IOException {
        try (InputStream index = getClass().getResourceAsStream("/db/migration/index")) {
            assumeTrue(index != null, "only Maven writes the list");
            assertThat(new String(index.readAllBytes(), UTF_8).lines())
                    .containsExactlyElementsOf(MigrationFiles.all().values());
        }
    }

    /** A jar with these files where migrations are; no parent, so that it sees nothing else. */
    private static URLClassLoader jar(Path file, Map<String, String> files) throws IOException {
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            jar.putNextEntry(new JarEntry("db/"));
            jar.putNextEntry(new JarEntry("db/migration/"));
            for (Map.Entry<String, String> one : files.entrySet()) {
                jar.putNextEntry(new JarEntry("db/migration/" + one.getKey()));
                jar.write(one.getValue().getBytes(UTF_8));
            }
        }
        return new URLClassLoader(new URL[] {file.toUri().toURL()}, null);
    }

    @Test
    @DisplayName("an empty folder is migrated once; then nothing is pending")
    void migratesOnce(@TempDir Path folder) {
        Migrations migrations = Migrations.of(DatabaseConfig.sqliteIn(folder.resolve("new/data")));
        assertThat(migrations.pending()).first().isEqualTo("0001_change.sql");
        assertThat(migrations.migrate()).isEqualTo(MigrationFiles.all().size());
        assertThat(migrations.pending()).isEmpty();
        assertThat(migrations.migrate()).isZero();
    }

    @Test
    @DisplayName("several processes that start on one new database migrate it once")
    void parallel(@TempDir Path folder) throws Exception {
        assertParallel(DatabaseConfig.sqliteIn(folder));
        TestPostgres server = TestPostgres.running();
        String name = server.createEmpty();
        assertParallel(server.config(name));
        server.drop(name);
    }

    private static void assertParallel(DatabaseConfig config) throws Exception {
        try (ExecutorService starters = Executors.newFixedThreadPool(3)) {
            List<Future<Integer>> starting = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                starting.add(starters.submit(() -> Migrations.of(config).migrate()));
            }
            int applied = 0;
            for (Future<Integer> one : starting) {
                applied += one.get();
            }
            assertThat(applied).isEqualTo(MigrationFiles.all().size());
        }
        assertThat(Migrations.of(config).pending()).isEmpty();
    }

    @Test
    @DisplayName(
            "N5 a migration waits briefly for a table that a long transaction holds, says what to do, and succeeds later")
    void lockedTable() throws Exception {
        TestPostgres server = TestPostgres.running();
        String name = server.createEmpty();
        DatabaseConfig config = server.config(name);
        DataSource source = new PostgresConnections((PostgresServer) config.address()).direct();
        SortedMap<Integer, String> all = MigrationFiles.all();
        new FlywayRun(Engine.POSTGRESQL, all.headMap(170)).migrate(source);
        FlywayRun hasty = new FlywayRun(Engine.POSTGRESQL, all, Duration.ofMillis(20));
        try (Connection report = source.getConnection();
                ExecutorService starters = Executors.newSingleThreadExecutor()) {
            report.setAutoCommit(false);
            try (Statement reading = report.createStatement()) {
                reading.execute("LOCK TABLE session IN ACCESS SHARE MODE");
            }
            assertThatThrownBy(() -> hasty.migrate(source))
                    .isInstanceOf(OperationalException.class)
                    .hasMessageContaining("is as it was before")
                    .hasMessageContaining("pg_stat_activity");
            assertThat(Migrations.of(config).pending()).first().isEqualTo("0170_session_login.sql");

            FlywayRun patient = new FlywayRun(Engine.POSTGRESQL, all, Duration.ofMillis(500));
            Future<Integer> migrating = starters.submit(() -> patient.migrate(source));
            Eventually.holds("the migration waits for the table", () -> waitsForLock(source, name));
            report.rollback();
            assertThat(migrating.get()).isPositive();
        }
        assertThat(Migrations.of(config).pending()).isEmpty();
        server.drop(name);
    }

    private static boolean waitsForLock(DataSource source, String database) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                + " AND datname = '" + database + "'")) {
            return row.next() && row.getInt(1) > 0;
        }
    }

    @BothEngines
    @DisplayName("a schema to which a newer version only added is worked on: two versions run side by side")
    void runsOnWhatWasAddedTo(TestDatabase test) {
        migratedFurther(test);
        Migrations migrations = Migrations.of(test.config());
        assertThat(migrations.pending()).isEmpty();
        assertThat(migrations.migrate()).isZero();
    }

    @BothEngines
    @DisplayName("a schema from which a newer version took something away is refused with what to do")
    void refusesNewer(TestDatabase test) {
        migratedFurther(test);
        test.database().tx(tx -> tx.handle().execute("UPDATE schema_floor SET must_know = 9999"));
        Migrations migrations = Migrations.of(test.config());
        assertThatThrownBy(migrations::migrate)
                .hasMessageContaining("newer Latchkey")
                .hasMessageContaining("9999")
                .hasMessageContaining("restore the backup");
        assertThatThrownBy(migrations::pending).hasMessageContaining("newer Latchkey");
    }

    private static void migratedFurther(TestDatabase test) {
        test.database()
                .tx(tx -> tx.handle()
                        .execute("INSERT INTO schema_history (installed_rank, version, description, type, script,"
                                + " checksum, installed_by, installed_on, execution_time, success)"
                                + " SELECT 9999, '9999', 'future', 'SQL', '9999_future.sql', 1, 'x', installed_on, 1,"
                                + " success FROM schema_history WHERE installed_rank = 1"));
    }

    @Test
    @DisplayName("both engines have the same tables, columns and index names")
    void sameSchema() {
        try (TestDatabase sqlite = TestDatabase.on(Engine.SQLITE);
                TestDatabase postgres = TestDatabase.on(Engine.POSTGRESQL)) {
            List<String> columns = columns(sqlite, """
                    SELECT t.name || '.' || c.name || (CASE WHEN c."notnull" = 1 OR c.pk > 0 THEN ' not null' ELSE '' END)
                    FROM sqlite_master t JOIN pragma_table_info(t.name) c
                    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name <> 'schema_history'
                    """);
            assertThat(columns)
                    .containsExactlyElementsOf(columns(postgres, """
                            SELECT table_name || '.' || column_name || (CASE WHEN is_nullable = 'NO' THEN ' not null' ELSE '' END)
                            FROM information_schema.columns
                            WHERE table_schema = 'public' AND table_name <> 'schema_history'
                            """))
                    .contains("change.tenant_id not null");
            assertThat(columns(
                            sqlite,
                            "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
                                    + " AND tbl_name <> 'schema_history'"))
                    .containsExactlyElementsOf(columns(postgres, """
                            SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                            JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
                            WHERE n.nspname = 'public' AND t.relname <> 'schema_history'
                            AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u'))
                            """));
            assertThat(columns(
                            sqlite,
                            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%STRICT%'"
                                    + " AND name NOT LIKE 'sqlite_%' AND name <> 'schema_history'"))
                    .as("tables that are not STRICT")
                    .isEmpty();
        }
    }

    private static List<String> columns(TestDatabase test, String query) {
        List<String> names = test.database()
                .read(sql -> sql.handle().createQuery(query).mapTo(String.class).list());
        return names.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .sorted()
                .toList();
    }
}
