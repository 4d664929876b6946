package dev.latchkey.db;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL server of one test, which can be stopped and started again on the same port with the same data. */
public final class OwnPostgres implements AutoCloseable {
    private final Path folder;
    private int port;
    private @Nullable EmbeddedPostgres server;

    private OwnPostgres(Path folder) {
        this.folder = folder;
    }

    public static OwnPostgres started() {
        try {
            OwnPostgres own = new OwnPostgres(Files.createTempDirectory("latchkey-postgres"));
            own.start();
            return own;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public void start() {
        try {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setDataDirectory(folder.resolve("data"))
                    .setCleanDataDirectory(false)
                    .setServerConfig("max_connections", "100")
                    .setServerConfig("fsync", "off")
                    .setServerConfig("shared_buffers", "32MB")
                    .setServerConfig("unix_socket_directories", "");
            if (port != 0) {
                builder.setPort(port);
            }
            EmbeddedPostgres started = builder.start();
            port = started.getPort();
            server = started;
        } catch (IOException failed) {
            throw new UncheckedIOException("The embedded PostgreSQL did not start", failed);
        }
    }

    /** Ends every connection and the server. */
    public void stop() {
        try {
            if (server != null) {
                server.close();
                server = null;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Starts it as a server that follows another, which is away: it can be read, and takes no writes until it is promoted. */
    public void startAsStandby() {
        try {
            Files.createFile(folder.resolve("data/standby.signal"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        start();
    }

    /** Its one database, migrated. */
    public TestDatabase database() {
        Path data = Path.of("data");
        String address = "postgres://postgres@localhost:" + port + "/postgres";
        DatabaseConfig config = new DatabaseConfig(DatabaseAddress.of(address, data), data, 8, 2);
        Migrations.of(config).migrate();
        return TestDatabase.of(config);
    }

    @Override
    public void close() {
        stop();
        TestDatabase.delete(folder);
    }
}
