package dev.latchkey.db;

import dev.latchkey.db.Database.Work;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The connections that read: opened when first needed, kept, given to the one who returned last first. */
final class SqliteReaders implements ReadingDatabase.Readers, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SqliteReaders.class.getName());
    private static final long WAIT_SECONDS = 2;

    /** What SQLite gives a connection by itself. */
    private static final int LEAST_CACHE_KIB = 2 << 10;

    /** Of a large database most of what leads to a row: with less, a look-up among a million users fetches half of it again. */
    private static final int MOST_CACHE_KIB = 8 << 10;

    /** What all readers keep together, unless there are so many that each has the least. */
    private static final int CACHE_KIB = 32 << 10;

    /** How often {@link #rest} must have met a reader idle, with no use in between, until it gives up its pages. */
    private static final int TURNS_UNTIL_REST = 2;

    private static final class Reader {
        private final Connection connection;
        private final CachedStatements statements;
        private final ReadOnly sql;
        private final AtomicInteger turnsIdle = new AtomicInteger();

        Reader(Connection connection) {
            this.connection = connection;
            this.statements = new CachedStatements(connection);
            Handle handle = PortableTypes.install(Jdbi.create(() -> connection)).open();
            handle.setStatementBuilder(statements);
            this.sql = new ReadOnly(handle);
        }

        void shrink() throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA shrink_memory");
            }
        }
    }

    private final SqliteFiles files;
    private final int cacheKib;
    private final Semaphore permits;
    private final ConcurrentLinkedDeque<Reader> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    SqliteReaders(SqliteFiles files, int size) {
        this.files = files;
        this.cacheKib = Math.clamp(CACHE_KIB / size, LEAST_CACHE_KIB, MOST_CACHE_KIB);
        this.permits = new Semaphore(size, true);
    }

    @Override
    public <T> T read(Work<Sql, T> work) {
        if (!acquire()) {
            throw SqliteWriter.unavailable("all readers are busy");
        }
        try {
            Reader reader = borrow();
            try {
                return Nesting.insideClosure(() -> work.run(reader.sql));
            } finally {
                giveBack(reader);
            }
        } catch (SQLException failed) {
            throw SqliteWriter.unavailable("cannot read the database: " + failed.getMessage());
        } finally {
            permits.release();
        }
    }

    private boolean acquire() {
        try {
            return permits.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Reader borrow() throws SQLException {
        if (closed) {
            throw new SQLException("the database is closed");
        }
        @Nullable Reader kept = idle.pollFirst();
        if (kept != null) {
            return kept;
        }
        return new Reader(files.reader(cacheKib));
    }

    private void giveBack(Reader reader) {
        try {
            // A cursor left open would pin its snapshot, and the log could not be folded in past it.
            reader.statements.reclaim();
        } catch (SQLException broken) {
            discard(reader);
            return;
        }
        reader.turnsIdle.set(0);
        idle.addFirst(reader);
        if (closed) {
            close();
        }
    }

    /** The pages that idle readers keep are given back: after a busy minute all of them have as many as they may. */
    void rest() {
        for (Reader reader : idle) {
            if (reader.turnsIdle.incrementAndGet() == TURNS_UNTIL_REST) {
                shrink(reader);
            }
        }
    }

    private void shrink(Reader reader) {
        // Who takes a reader has a permit for it: without one there would soon be more readers than permits.
        if (!permits.tryAcquire()) {
            reader.turnsIdle.decrementAndGet();
            return;
        }
        try {
            if (idle.remove(reader)) {
                reader.shrink();
                idle.addLast(reader);
                if (closed) {
                    close();
                }
            }
        } catch (SQLException broken) {
            discard(reader);
        } finally {
            permits.release();
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Reader reader = idle.pollFirst(); reader != null; reader = idle.pollFirst()) {
            discard(reader);
        }
    }

    private static void discard(Reader reader) {
        try {
            reader.connection.close();
        } catch (SQLException failed) {
            LOG.log(Level.DEBUG, "closing a reader failed: {0}", failed.getMessage());
        }
    }
}
