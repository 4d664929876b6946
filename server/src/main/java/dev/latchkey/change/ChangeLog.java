package dev.latchkey.change;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import dev.latchkey.db.Database;
import dev.latchkey.db.Engine;
import dev.latchkey.db.Tx;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Carries changes to every node, in commit order. */
public final class ChangeLog implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ChangeLog.class.getName());

    /** What PostgreSQL's NOTIFY and Redis call the news that something was appended. */
    public static final String CHANNEL = "latchkey_change";

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** While nobody asks whether this node is up to date. Whoever does then finds it fresh, or polls. */
    private static final long IDLE_POLL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long IDLE_AFTER_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** News that come faster are read together. */
    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final long FRESH_MILLIS = 1_000;
    private static final long INLINE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long NEVER = Long.MIN_VALUE;

    private final Database database;
    private final Clock clock;
    private final long pollNanos;
    private final long idlePollNanos;
    private final ChangeStore store;
    private final ChangeReader reader;
    private final List<Runnable> forgetters = new CopyOnWriteArrayList<>();
    private final Map<String, List<Consumer<Change>>> listeners = new ConcurrentHashMap<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private final Condition polled = lock.newCondition();
    private boolean wake;
    private boolean urgent;
    private long lastTurn = System.nanoTime();
    private long failures;

    private final ReentrantLock polling = new ReentrantLock();
    private OptionalLong lastVersion = OptionalLong.empty();

    private final List<Runnable> messengers = new CopyOnWriteArrayList<>();
    private volatile long lastGoodPoll = NEVER;
    private volatile long lastAsked = System.nanoTime();
    private volatile boolean closed;

    public ChangeLog(Database database, Clock clock) {
        this(database, clock, POLL_NANOS, IDLE_POLL_NANOS);
    }

    ChangeLog(Database database, Clock clock, long pollNanos, long idlePollNanos) {
        this.database = database;
        this.clock = clock;
        this.store = new ChangeStore(database.engine());
        this.reader = new ChangeReader(database, clock, store);
        this.pollNanos = pollNanos;
        this.idlePollNanos = idlePollNanos;
    }

    /**
     * Writes the change in the transaction that causes it, as its last statements. Once that is committed this node's listeners
     * have it before the caller continues.
     */
    public void append(Tx tx, Change change) {
        tx.beforeCommit(() -> store.append(tx, change));
        if (database.engine() == Engine.POSTGRESQL) {
            // The row lock on the head already makes these commits wait for each other, as NOTIFY would.
            tx.beforeCommit(() -> store.announce(tx, CHANNEL));
        }
        tx.afterCommit(() -> {
            deliver(change);
            messengers.forEach(Runnable::run);
        });
    }

    /**
     * Runs {@code messenger} after each commit that appended something, before {@link #start()} only: it may tell other nodes to
     * {@link #wake}, and must not wait. Nothing depends on its getting through.
     */
    public void announceBy(Runnable messenger) {
        messengers.add(messenger);
    }

    /**
     * Calls {@code listener} for every change of this kind, before {@link #start()} only. It is called from several threads, more
     * than once for one change, and perhaps for this node's own changes before earlier ones of other nodes: it must be idempotent
     * and order must not matter. It may read the database and must not open a transaction. If it throws, the node counts as cut
     * off until it succeeds.
     */
    public void on(String kind, Consumer<Change> listener) {
        listeners.computeIfAbsent(kind, key -> new CopyOnWriteArrayList<>()).add(listener);
    }

    /**
     * Calls {@code forgetter} before everything is delivered again because the database has forgotten commits, before {@link
     * #start()} only: what was read from it may never have been. The same holds for it as for {@linkplain #on listeners}.
     */
    public void onForgotten(Runnable forgetter) {
        forgetters.add(forgetter);
    }

    /**
     * Delivers everything that has not expired, then follows the log in the background.
     *
     * @throws Problem {@code SERVICE_UNAVAILABLE} when the log cannot be read
     */
    public void start() {
        poll();
        // Of its own, or it would wait its turn behind requests that compute, and they would all be refused.
        Thread.ofPlatform().daemon().name("change-log").start(this::follow);
    }

    /** Polls soon instead of at the next turn; for a notification that something was appended elsewhere. */
    public void wake() {
        lock.lock();
        try {
            wake = true;
            woken.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns when this node has heard of everything that was committed a second ago or earlier, polling if it must.
     *
     * @throws Problem {@code SERVICE_UNAVAILABLE} when it cannot find out: better refuse than accept what was revoked
     */
    public void requireFresh() {
        long now = System.nanoTime();
        if (now - lastAsked > POLL_NANOS) {
            lastAsked = now;
        }
        if (!isFresh() && !pollInline()) {
            throw Problem.of(ErrorCode.SERVICE_UNAVAILABLE, "the change log was last read " + lag() + " ago")
                    .retryAfter(Duration.ofSeconds(1));
        }
    }

    /** How long ago this node was known to be up to date. */
    public Duration lag() {
        long good = lastGoodPoll;
        return good == NEVER ? Duration.ofDays(1) : Duration.ofMillis(Math.max(0, clock.millis() - good));
    }

    /** Deletes a batch of rows that no longer matter; for the reaper. */
    public int deleteExpired(Tx tx) {
        return store.deleteExpired(tx, clock.instant());
    }

    private boolean isFresh() {
        return heardSince(clock.millis() - FRESH_MILLIS);
    }

    private boolean heardSince(long millis) {
        long good = lastGoodPoll;
        // A clock that was set back tells nothing about the age of the last poll.
        return good != NEVER && good >= millis && good <= clock.millis();
    }

    /** Lets the follower poll and waits for it: a request's own thread could hang for long in a connection that died. */
    private boolean pollInline() {
        // As of now: a poll that takes its time on a busy machine has still heard all that the caller must know.
        long since = clock.millis() - FRESH_MILLIS;
        lock.lock();
        try {
            long failedBefore = failures;
            urgent = true;
            woken.signal();
            long left = INLINE_NANOS;
            while (!heardSince(since) && failures == failedBefore && left > 0 && !closed && lastGoodPoll != NEVER) {
                left = polled.awaitNanos(left);
            }
            return heardSince(since);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void follow() {
        while (awaitTurn()) {
            boolean good = tryPoll();
            lock.lock();
            try {
                failures += good ? 0 : 1;
                polled.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private boolean awaitTurn() {
        lock.lock();
        try {
            long left = untilTurn();
            while (!urgent && !closed && left > 0) {
                woken.awaitNanos(left);
                left = untilTurn();
            }
            wake = false;
            urgent = false;
            lastTurn = System.nanoTime();
            return !closed;
        } catch (InterruptedException stopped) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    private long untilTurn() {
        long now = System.nanoTime();
        long pause = now - lastAsked > IDLE_AFTER_NANOS ? idlePollNanos : pollNanos;
        return lastTurn + (wake ? GATHER_NANOS : pause) - now;
    }

    private boolean tryPoll() {
        try {
            poll();
            return true;
        } catch (RuntimeException failed) {
            // Said once when it begins to matter, not four times a second.
            Level level = isFresh() ? Level.DEBUG : Level.WARNING;
            LOG.log(closed ? Level.DEBUG : level, "the change log could not be read: {0}", failed.getMessage());
            return false;
        }
    }

    /** Reads and delivers what was committed since the last poll. */
    void poll() {
        polling.lock();
        try {
            long asked = clock.millis();
            OptionalLong version = database.dataVersion();
            if (version.isEmpty() || !version.equals(lastVersion)) {
                reader.readOn(this::deliver, () -> forgetters.forEach(Runnable::run));
                lastVersion = version;
            }
            lastGoodPoll = asked;
        } finally {
            polling.unlock();
        }
    }

    private void deliver(Change change) {
        for (Consumer<Change> listener : listeners.getOrDefault(change.kind(), List.of())) {
            listener.accept(change);
        }
    }

    @Override
    public void close() {
        closed = true;
        wake();
    }
}
