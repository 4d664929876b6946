package dev.latchkey.db;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Deletes rows whose time is over, in small batches behind every request's work. What it deletes must already be refused by the
 * statements that read it: the reaper saves space and decides nothing.
 */
public final class Reaper implements AutoCloseable {
    /** How many rows one call of a registered deletion should remove at most. */
    public static final int BATCH = 500;

    /** A pass ends here even if rows are left; the next pass goes on. */
    private static final int BATCHES_PER_PASS = 200;

    private static final System.Logger LOG = System.getLogger(Reaper.class.getName());

    private final Database database;
    private final Duration interval;
    private final ConcurrentMap<String, Database.Work<Tx, Integer>> deletions = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    public Reaper(Database database, Duration interval) {
        this.database = database;
        this.interval = interval;
    }

    /** Adds a deletion of at most {@link #BATCH} expired rows that returns how many it deleted; called until it returns 0. */
    public void register(String name, Database.Work<Tx, Integer> deleteBatch) {
        deletions.put(name, deleteBatch);
    }

    /** Reaps every interval from now on while it is this node's turn, first after one: a start has better things to do. */
    public void start(BooleanSupplier turn) {
        Thread.ofVirtual().name("reaper").start(() -> reapUntilClosed(turn));
    }

    private void reapUntilClosed(BooleanSupplier turn) {
        try {
            while (!closed.await(interval.toNanos(), TimeUnit.NANOSECONDS)) {
                if (turn.getAsBoolean()) {
                    reap();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** One pass over everything registered; returns how many rows it deleted. A deletion that fails is logged and passed over. */
    public int reap() {
        int deleted = 0;
        for (var deletion : deletions.entrySet()) {
            try {
                deleted += reap(deletion.getValue());
            } catch (RuntimeException failed) {
                LOG.log(
                        Level.WARNING,
                        "deleting expired rows of " + deletion.getKey() + " failed; tried again later",
                        failed);
            }
        }
        return deleted;
    }

    private int reap(Database.Work<Tx, Integer> deleteBatch) {
        int deleted = 0;
        for (int batch = 0; batch < BATCHES_PER_PASS && closed.getCount() > 0; batch++) {
            int rows = database.bulk(deleteBatch);
            if (rows == 0) {
                break;
            }
            deleted += rows;
        }
        return deleted;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
