package dev.latchkey.crash;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A PostgreSQL server of one test that writes through to the disk, and is stopped as if the power had failed. */
final class DurablePostgres implements AutoCloseable {
    private static final Map<String, String> DURABLE =
            Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");
    private static final long PATIENCE_SECONDS = 60;

    /** It would complain of each server that is gone when it is closed. */
    private static final Logger COMPLAINTS = Logger.getLogger(EmbeddedPostgres.class.getName());

    private final Path data;
    private EmbeddedPostgres server;

    private DurablePostgres(Path data) throws IOException {
        this.data = data;
        this.server = started(data, 0);
    }

    /** Its data goes to a new folder in this one. */
    static DurablePostgres in(Path folder) {
        try {
            DurablePostgres postgres = new DurablePostgres(folder.resolve("postgres"));
            postgres.requireDurable();
            return postgres;
        } catch (IOException failed) {
            throw new UncheckedIOException("The embedded PostgreSQL did not start", failed);
        }
    }

    String url() {
        return "postgres://postgres@localhost:" + server.getPort() + "/postgres";
    }

    /** What {@code pg_ctl stop -m immediate} does: every process of the server quits at once, and nothing is written any more. */
    void stopImmediately() {
        try {
            String pid = Files.readAllLines(data.resolve("postmaster.pid")).getFirst();
            ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
            int sent =
                    new ProcessBuilder("kill", "-QUIT", pid).inheritIO().start().waitFor();
            if (sent != 0) {
                throw new AssertionError("PostgreSQL could not be stopped");
            }
            postmaster.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        } catch (ExecutionException | TimeoutException failed) {
            throw new AssertionError("PostgreSQL does not end", failed);
        }
    }

    /** On the same port and data, which PostgreSQL recovers from its log. */
    void startAgain() {
        try {
            COMPLAINTS.setLevel(Level.OFF);
            server.close();
            server = started(data, server.getPort());
        } catch (IOException failed) {
            throw new UncheckedIOException("The embedded PostgreSQL did not come back", failed);
        }
    }

    private static EmbeddedPostgres started(Path data, int port) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("max_connections", "60")
                .setServerConfig("shared_buffers", "32MB")
                .setServerConfig("unix_socket_directories", "");
        DURABLE.forEach(builder::setServerConfig);
        return (port == 0 ? builder : builder.setPort(port)).start();
    }

    /** The library begins with the opposite; a server that may forget would make every test here pass by luck. */
    private void requireDurable() {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String setting : List.copyOf(DURABLE.keySet())) {
                try (ResultSet row = statement.executeQuery("SHOW " + setting)) {
                    if (!row.next() || !row.getString(1).equals(DURABLE.get(setting))) {
                        throw new AssertionError(setting + " is not " + DURABLE.get(setting));
                    }
                }
            }
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
