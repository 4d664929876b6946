package dev.latchkey.db;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import dev.latchkey.db.DatabaseAddress.PostgresServer;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** PostgreSQL: READ COMMITTED transactions on a small pool, and a pool that can only read. */
final class PostgresDatabase implements Database {
    private static final System.Logger LOG = System.getLogger(PostgresDatabase.class.getName());

    private static final int ATTEMPTS = 8;
    private static final long FIRST_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long TRUST_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How many pieces of background work may hold a connection at once. */
    private static final int BULK = 1;

    private final HikariDataSource writers;
    private final HikariDataSource readers;
    private final Jdbi writing;
    private final Jdbi reading;
    private final Semaphore bulk = new Semaphore(BULK, true);
    private volatile long lastCommit = System.nanoTime() - TRUST_NANOS;
    private volatile boolean outcomeUnknown;

    /** The transaction was undone and may run again. */
    private static final class RunAgain extends Exception {
        private static final long serialVersionUID = 1L;

        RunAgain(Throwable cause) {
            super(cause);
        }
    }

    private PostgresDatabase(PostgresServer server, int connections) {
        PostgresConnections pools = new PostgresConnections(server);
        this.writers = pools.writers(connections);
        this.readers = pools.readers(readers(connections));
        this.writing = PortableTypes.install(Jdbi.create(writers));
        this.reading = PortableTypes.install(Jdbi.create(readers));
    }

    /** How many connections that only read stand beside so many that write. */
    static int readers(int writers) {
        return Math.max(2, writers / 2);
    }

    static PostgresDatabase open(PostgresServer server, int connections) {
        return new PostgresDatabase(server, connections);
    }

    @Override
    public <T> T tx(Work<Tx, T> work) {
        Nesting.refuseTransaction();
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(work, attempt);
            } catch (RunAgain undone) {
                if (attempt == ATTEMPTS) {
                    throw unavailable("still conflicting after " + ATTEMPTS + " attempts: " + undone.getMessage());
                }
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(FIRST_RETRY_NANOS << attempt));
            }
        }
    }

    @Override
    public <T> T bulk(Work<Tx, T> work) {
        Nesting.refuseTransaction();
        bulk.acquireUninterruptibly();
        try {
            return tx(work);
        } finally {
            bulk.release();
        }
    }

    private <T> T attempt(Work<Tx, T> work, int attempt) throws RunAgain {
        Tx tx;
        T value;
        try (Handle handle = open(writing)) {
            tx = new Tx(handle);
            value = run(tx, work, attempt);
            commit(handle.getConnection());
        }
        tx.committed();
        return value;
    }

    private static <T> T run(Tx tx, Work<Tx, T> work, int attempt) throws RunAgain {
        try {
            return tx.run(work);
        } catch (RuntimeException | Error thrown) {
            rollBack(tx.handle().getConnection());
            // What it read was deleted meanwhile: the second time it reads that it is gone. A third time is a mistake.
            boolean gone = attempt == 1 && SqlStates.isMissingReference(thrown);
            if (gone || SqlStates.isRetryable(thrown)) {
                throw new RunAgain(thrown);
            }
            if (SqlStates.isAway(thrown)) {
                throw away(thrown);
            }
            throw thrown;
        }
    }

    private void commit(Connection connection) throws RunAgain {
        try {
            connection.commit();
            lastCommit = System.nanoTime();
            outcomeUnknown = false;
        } catch (SQLException failed) {
            rollBack(connection);
            if (SqlStates.isRetryable(failed)) {
                throw new RunAgain(failed);
            }
            outcomeUnknown = true;
            throw unavailable("commit outcome unknown: " + failed.getMessage());
        }
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException lost) {
            // A connection that cannot roll back is thrown away by the pool, and the server rolls back for it.
            LOG.log(Level.DEBUG, "rollback failed: {0}", lost.getMessage());
        }
    }

    @Override
    public int waiting() {
        return waiting(writers) + waiting(readers);
    }

    private static int waiting(HikariDataSource pool) {
        HikariPoolMXBean state = pool.getHikariPoolMXBean();
        // The pool is made with its first connection.
        return state == null ? 0 : state.getThreadsAwaitingConnection();
    }

    @Override
    public <T> T read(Work<Sql, T> work) {
        Nesting.refuseRead();
        try (Handle handle = open(reading)) {
            return Nesting.insideClosure(() -> work.run(new ReadOnly(handle)));
        } catch (RuntimeException thrown) {
            throw SqlStates.isAway(thrown) ? away(thrown) : thrown;
        }
    }

    private static Handle open(Jdbi jdbi) {
        try {
            return jdbi.open();
        } catch (ConnectionException full) {
            throw away(full);
        }
    }

    private static Problem away(Throwable cause) {
        return unavailable("the database is away or all connections are busy: " + cause.getMessage());
    }

    private static Problem unavailable(String internal) {
        return Problem.of(ErrorCode.SERVICE_UNAVAILABLE, internal).retryAfter(Duration.ofSeconds(1));
    }

    @Override
    public Engine engine() {
        return Engine.POSTGRESQL;
    }

    /** PostgreSQL has no such number that would cost less than the query it could save. */
    @Override
    public OptionalLong dataVersion() {
        return OptionalLong.empty();
    }

    @Override
    public boolean writable() {
        boolean recent = System.nanoTime() - lastCommit < TRUST_NANOS;
        return (recent && !outcomeUnknown) || probe();
    }

    private boolean probe() {
        try (Connection connection = writers.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_is_in_recovery()")) {
            boolean primary = row.next() && !row.getBoolean(1);
            connection.rollback();
            outcomeUnknown = outcomeUnknown && !primary;
            return primary;
        } catch (SQLException away) {
            return false;
        }
    }

    /** The pools close what nobody uses, and its memory is not this process's. */
    @Override
    public void rest() {}

    @Override
    public void close() {
        writers.close();
        readers.close();
    }
}
