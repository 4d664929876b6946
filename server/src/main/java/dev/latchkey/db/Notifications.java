package dev.latchkey.db;

import dev.latchkey.db.DatabaseAddress.PostgresServer;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Hears what is said on a channel of PostgreSQL (NOTIFY), over a connection of its own that is opened again when it is lost. What
 * is said meanwhile is missed. Behind a pooler that shares connections between transactions nothing is heard at all.
 */
public final class Notifications implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Notifications.class.getName());

    /** A connection that was silent for so long is asked whether it lives. */
    private static final int SILENCE_MILLIS = 30_000;

    private static final int ANSWER_SECONDS = 5;
    private static final long RETRY_SECONDS = 1;

    private final PostgresConnections connections;
    private final String channel;
    private final Runnable heard;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Connection current;

    /**
     * @param channel an SQL name that needs no quotes
     * @param heard called on one thread for each word, and whenever some may have been missed
     */
    public Notifications(PostgresServer server, String channel, Runnable heard) {
        this.connections = new PostgresConnections(server);
        this.channel = channel;
        this.heard = heard;
    }

    /** Begins to listen; returns at once. */
    public void start() {
        Thread.ofVirtual().name("notifications").start(this::run);
    }

    private void run() {
        try {
            do {
                listen();
            } while (!closed.await(RETRY_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when the connection is lost. */
    private void listen() {
        try (Connection connection = connections.direct().getConnection();
                Statement statement = connection.createStatement()) {
            current = connection;
            statement.execute("LISTEN " + channel);
            PGConnection listening = connection.unwrap(PGConnection.class);
            heard.run();
            while (closed.getCount() > 0) {
                PGNotification[] words = listening.getNotifications(SILENCE_MILLIS);
                if (words != null && words.length > 0) {
                    heard.run();
                } else if (!connection.isValid(ANSWER_SECONDS)) {
                    return;
                }
            }
        } catch (SQLException lost) {
            LOG.log(Level.DEBUG, "no notifications for now: {0}", lost.getMessage());
        } finally {
            current = null;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        Connection open = current;
        if (open == null) {
            return;
        }
        try {
            // Closing it politely would wait for the one who reads.
            open.abort(Runnable::run);
        } catch (SQLException lost) {
            LOG.log(Level.DEBUG, "the listening connection could not be closed: {0}", lost.getMessage());
        }
    }
}
