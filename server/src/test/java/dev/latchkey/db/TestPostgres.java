package dev.latchkey.db;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One PostgreSQL server per JVM; each test gets its own database, copied from a migrated template. */
public final class TestPostgres implements AutoCloseable {
    private static final String TEMPLATE = "latchkey_template";
    private static @Nullable TestPostgres running;

    private final EmbeddedPostgres server;
    private final AtomicInteger count = new AtomicInteger();

    private TestPostgres(EmbeddedPostgres server) {
        this.server = server;
    }

    static synchronized TestPostgres running() {
        if (running == null) {
            running = start();
        }
        return running;
    }

    private static TestPostgres start() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "300")
                    .setServerConfig("fsync", "off")
                    .setServerConfig("shared_buffers", "64MB")
                    .setServerConfig("unix_socket_directories", "")
                    .start();
            TestPostgres postgres = new TestPostgres(server);
            postgres.execute("CREATE DATABASE " + TEMPLATE);
            Migrations.of(postgres.config(TEMPLATE)).migrate();
            return postgres;
        } catch (IOException failed) {
            throw new UncheckedIOException("The embedded PostgreSQL did not start", failed);
        }
    }

    /** A server of the test's own, with PostgreSQL's defaults but for {@code settings}. */
    public static TestPostgres own(Map<String, String> settings) {
        try {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
            settings.forEach(builder::setServerConfig);
            return new TestPostgres(
                    builder.setServerConfig("unix_socket_directories", "").start());
        } catch (IOException failed) {
            throw new UncheckedIOException("The embedded PostgreSQL did not start", failed);
        }
    }

    /** A migrated database of this server. */
    public TestDatabase database() {
        DatabaseConfig config = config(createEmpty());
        Migrations.of(config).migrate();
        return TestDatabase.of(config);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    String createFromTemplate() {
        String name = "test_" + count.incrementAndGet();
        execute("CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE + " STRATEGY FILE_COPY");
        return name;
    }

    String createEmpty() {
        String name = "test_" + count.incrementAndGet();
        execute("CREATE DATABASE " + name);
        return name;
    }

    void drop(String name) {
        execute("DROP DATABASE " + name + " WITH (FORCE)");
    }

    DatabaseConfig config(String name) {
        String address = "postgres://postgres@localhost:" + server.getPort() + "/" + name;
        Path data = Path.of("data");
        return new DatabaseConfig(DatabaseAddress.of(address, data), data, 8, 2);
    }

    private void execute(String sql) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
