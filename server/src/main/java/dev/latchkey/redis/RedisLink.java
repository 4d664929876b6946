package dev.latchkey.redis;

import io.lettuce.core.RedisLoadingException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps the connection to Redis, and knows whether it is of use: one thread alone finds out when Redis is back. */
final class RedisLink implements AutoCloseable {
    private static final Logger LOG = System.getLogger(RedisLink.class.getName());
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long REBUILD_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long COMPLAIN_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final RedisConfig config;
    private final String place;
    private final Duration timeout;
    private final CopyOnWriteArrayList<Consumer<RedisConnection>> onOpen = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final AtomicLong complained = new AtomicLong(System.nanoTime() - COMPLAIN_NANOS);

    /** Made when first connecting: the library takes its time and memory. */
    private @Nullable RedisConnector connector;

    private volatile @Nullable RedisConnection connection;
    private volatile boolean answering;
    private volatile boolean tried;
    private volatile boolean closed;
    private boolean rebuild;
    private boolean away;
    private long awaySince;

    RedisLink(RedisConfig config) {
        this.config = config;
        this.place = config.place();
        this.timeout = config.timeout();
    }

    /** Begins to connect, without waiting. */
    void start() {
        Thread.ofVirtual().name("redis").start(this::tend);
    }

    /** Whether a first try to connect has ended, well or not. */
    boolean hasTried() {
        return tried;
    }

    /** Returns once {@link #hasTried}, or when a try should have ended. */
    void awaitTried() {
        lock.lock();
        try {
            long left = RedisConnector.CONNECT.multipliedBy(2).toNanos();
            while (!tried && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Does {@code setUp} with every connection that is opened; before {@link #start}. */
    void onOpen(Consumer<RedisConnection> setUp) {
        onOpen.add(setUp);
    }

    boolean isAnswering() {
        return answering;
    }

    /** The connection, while Redis answers on it. */
    Optional<RedisConnection> open() {
        return answering ? Optional.ofNullable(connection) : Optional.empty();
    }

    /**
     * Nothing is asked any more until a look finds Redis well again.
     *
     * @param elsewhere whether that must be on a new connection
     */
    void suspend(String reason, boolean elsewhere) {
        lock.lock();
        try {
            answering = false;
            tried = true;
            rebuild = rebuild || elsewhere;
            if (!away && !closed) {
                away = true;
                awaySince = System.nanoTime();
                LOG.log(
                        Level.WARNING,
                        "Redis ({0}) is away: {1}. What needs it is answered 503 until it is back; it is tried again by itself.",
                        place,
                        reason);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Redis is there and will not: out of memory, no permission, starting. */
    void complain(String message) {
        long last = complained.get();
        long now = System.nanoTime();
        if (now - last >= COMPLAIN_NANOS && complained.compareAndSet(last, now)) {
            LOG.log(Level.WARNING, "Redis ({0}) refuses what it is asked: {1}", place, message);
        }
    }

    private void tend() {
        while (awaitTrouble()) {
            try {
                mend();
            } catch (TimeoutException silent) {
                suspend("no answer within " + timeout.toMillis() + " ms", false);
            } catch (RedisLoadingException starting) {
                suspend("it is starting", false);
            } catch (RuntimeException failed) {
                suspend(reason(failed), false);
            }
        }
    }

    /** Returns at once when nothing was ever connected, after a pause when a look was in vain, and not at all while all is well. */
    private boolean awaitTrouble() {
        lock.lock();
        try {
            long left = LOOK_NANOS;
            while (away && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            while (answering && !closed) {
                changed.await();
            }
            return !closed;
        } catch (InterruptedException stopped) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void mend() throws TimeoutException {
        RedisConnection open = connection;
        // A connection that came back by itself is kept; one that stays silent may have died without a word.
        if (open == null || mustRebuild()) {
            RedisConnection fresh = opened();
            connection = fresh;
            if (open != null) {
                open.close();
            }
            open = fresh;
        }
        RedisCalls.await(open.commands().ping(), timeout);
        lock.lock();
        try {
            answering = !closed;
            tried = true;
            changed.signalAll();
            rebuild = false;
            if (away) {
                away = false;
                LOG.log(Level.INFO, "Redis ({0}) answers again", place);
            }
        } finally {
            lock.unlock();
        }
    }

    private RedisConnection opened() {
        RedisConnection fresh = connector().open();
        try {
            onOpen.forEach(setUp -> setUp.accept(fresh));
            return fresh;
        } catch (RuntimeException half) {
            fresh.close();
            throw half;
        }
    }

    private RedisConnector connector() {
        lock.lock();
        try {
            if (closed) {
                throw new RedisAwayException("closed");
            }
            RedisConnector made = connector == null ? new RedisConnector(config) : connector;
            connector = made;
            return made;
        } finally {
            lock.unlock();
        }
    }

    private boolean mustRebuild() {
        lock.lock();
        try {
            return rebuild || (away && System.nanoTime() - awaySince > REBUILD_NANOS);
        } finally {
            lock.unlock();
        }
    }

    /** What lies at the bottom of it, as the end of a sentence. */
    static String reason(Throwable failed) {
        Throwable deepest = failed;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String message = String.valueOf(deepest.getMessage()).strip();
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    @Override
    public void close() {
        RedisConnector made;
        lock.lock();
        try {
            closed = true;
            answering = false;
            made = connector;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (made != null) {
            made.close();
        }
    }
}
