package dev.latchkey.db;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The one thread that writes to SQLite. It takes what is queued, runs each closure so that it can be undone by itself, and
 * commits them together, because one fsync costs as much for sixty-four transactions as for one.
 */
final class SqliteWriter implements Runnable {
    private static final System.Logger LOG = System.getLogger(SqliteWriter.class.getName());

    private static final int GROUP = 64;
    private static final long GROUP_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long FIRST_REOPEN_WAIT = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST_REOPEN_WAIT = TimeUnit.SECONDS.toNanos(2);

    private final WriteQueue queue;
    private final SqliteFiles files;
    private final UnaryOperator<SqliteCommand.Runner> faults;
    private final List<WriteTask<?>> group = new ArrayList<>(GROUP);
    private SqliteWriterConnection connection;

    SqliteWriter(WriteQueue queue, SqliteFiles files, UnaryOperator<SqliteCommand.Runner> faults) throws SQLException {
        this.queue = queue;
        this.files = files;
        this.faults = faults;
        this.connection = SqliteWriterConnection.open(files, faults);
    }

    @Override
    public void run() {
        while (true) {
            long patience = connection.needsCheckpoint() ? IDLE_NANOS : Long.MAX_VALUE;
            Optional<WriteTask<?>> first = queue.await(patience);
            if (first.isPresent()) {
                commitTogether(first.get());
            } else if (queue.isClosed()) {
                break;
            } else {
                connection.checkpoint();
            }
        }
        connection.close();
    }

    private void commitTogether(WriteTask<?> first) {
        group.clear();
        group.add(first);
        try {
            runGroup();
            connection.run(SqliteCommand.COMMIT);
        } catch (SQLException | RuntimeException | Error outcomeUnknown) {
            stopAndReopen(outcomeUnknown);
            return;
        }
        group.forEach(WriteTask::runHooks);
        group.forEach(WriteTask::complete);
        connection.committed(group.size());
    }

    private void runGroup() throws SQLException {
        connection.run(SqliteCommand.BEGIN);
        long started = System.nanoTime();
        boolean kept = runAlone(group.getFirst());
        while (group.size() < GROUP && System.nanoTime() - started < GROUP_NANOS) {
            Optional<WriteTask<?>> next = queue.poll();
            if (next.isEmpty()) {
                return;
            }
            group.add(next.get());
            if (kept) {
                runBesideOthers(next.get());
            } else {
                kept = runAlone(next.get());
            }
        }
    }

    /**
     * Runs a closure while the transaction holds nothing else: if it refuses, the whole transaction can go. SQLite copies every
     * page that changes under a savepoint, which for one that is alone is work for nothing.
     *
     * @return whether its work is in the transaction now
     * @throws SQLException when what it did cannot be undone: the group has failed
     */
    private boolean runAlone(WriteTask<?> task) throws SQLException {
        try {
            task.run(connection.handle());
        } catch (RuntimeException | Error refusal) {
            task.refused(refusal);
            connection.reclaimStatements();
            connection.run(SqliteCommand.ROLLBACK);
            connection.run(SqliteCommand.BEGIN);
            return false;
        }
        connection.reclaimStatements();
        return true;
    }

    /** @throws SQLException when the closure cannot be kept apart from the others: the group has failed */
    private void runBesideOthers(WriteTask<?> task) throws SQLException {
        connection.run(SqliteCommand.SAVEPOINT);
        try {
            task.run(connection.handle());
        } catch (RuntimeException | Error refusal) {
            task.refused(refusal);
            connection.reclaimStatements();
            connection.run(SqliteCommand.ROLLBACK_TO);
            connection.run(SqliteCommand.RELEASE);
            return;
        }
        connection.reclaimStatements();
        connection.run(SqliteCommand.RELEASE);
    }

    private void stopAndReopen(Throwable cause) {
        queue.suspend();
        LOG.log(
                Level.ERROR,
                "SQLite could not end a transaction. Writing stops until the database was opened again; check the disk."
                        + " The callers were told that it failed.",
                cause);
        Problem unknown = unavailable("commit outcome unknown: " + cause.getMessage());
        group.forEach(task -> task.fail(unknown));
        connection.close();
        refuseQueued();
        reopen();
    }

    private void refuseQueued() {
        Problem stopped = unavailable("the writer is stopped after an unknown commit outcome");
        Supplier<Optional<WriteTask<?>>> next = queue::poll;
        for (Optional<WriteTask<?>> task = next.get(); task.isPresent(); task = next.get()) {
            task.get().fail(stopped);
        }
    }

    private void reopen() {
        for (long wait = FIRST_REOPEN_WAIT; !queue.isClosed(); wait = Math.min(wait * 2, LONGEST_REOPEN_WAIT)) {
            try {
                connection = SqliteWriterConnection.open(files, faults);
                connection.probe();
                queue.resume();
                LOG.log(Level.WARNING, "SQLite was opened again. Writing goes on.");
                return;
            } catch (SQLException stillAway) {
                connection.close();
                LOG.log(Level.WARNING, "SQLite cannot be opened yet: {0}", stillAway.getMessage());
                LockSupport.parkNanos(wait);
            }
        }
    }

    static Problem unavailable(String internal) {
        return Problem.of(ErrorCode.SERVICE_UNAVAILABLE, internal).retryAfter(Duration.ofSeconds(1));
    }
}
