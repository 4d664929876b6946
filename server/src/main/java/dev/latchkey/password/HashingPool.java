package dev.latchkey.password;

import dev.latchkey.core.ClientAddress;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import dev.latchkey.trace.Span;
import dev.latchkey.trace.SpanKind;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Runs hashes on a fixed number of platform threads. At most that many hold Argon2's memory at once; the others wait in a
 * bounded queue, few per client address, and beyond it callers are refused at once.
 */
final class HashingPool implements AutoCloseable {
    private static final Logger LOG = System.getLogger(HashingPool.class.getName());
    private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(5);
    private static final double NEWEST_WEIGHT = 0.1;

    private final int threads;
    private final int queueCapacity;
    private final int waitingPerAddress;
    private final Duration longestWait;
    private final ExecutorService workers;

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<HashingJob<?>> queue = new ArrayDeque<>();
    /** Reserved and queued ones. */
    private final Map<String, Integer> placesByAddress = new HashMap<>();

    private int reserved = 0;
    private int running = 0;
    private long refused = 0;
    private double typicalNanos = 0;
    private boolean closed = false;

    /**
     * @param threadBegins runs on each worker before its first hash
     * @param threadEnds runs on each worker before it ends, which it does after a while without work
     */
    HashingPool(PasswordConfig.Hashing bounds, Duration idleTime, Runnable threadBegins, Runnable threadEnds) {
        this.threads = bounds.threads();
        this.queueCapacity = bounds.queue();
        this.waitingPerAddress = bounds.waitingPerAddress();
        this.longestWait = bounds.longestWait();
        ThreadFactory threadFactory =
                Thread.ofPlatform().name("password-hash-", 1).daemon().factory();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads,
                threads,
                idleTime.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                worker -> threadFactory.newThread(() -> {
                    aside(threadBegins);
                    worker.run();
                    aside(threadEnds);
                }));
        pool.allowCoreThreadTimeOut(true);
        this.workers = pool;
    }

    /** A thread that ended before its work would leave whoever waits for that waiting for ever. */
    private static void aside(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | LinkageError failed) {
            LOG.log(Level.WARNING, "A hashing thread could not set itself up or tidy up, and works on without", failed);
        }
    }

    /**
     * The result of {@code work}, run on a hashing thread while the caller waits.
     *
     * @throws Problem {@code SERVICE_UNAVAILABLE} with the time to retry after, when too much is waiting already
     */
    <T> T run(ClientAddress from, Supplier<T> work) {
        try (HashingPlace place = reserve(from)) {
            return run(place, work);
        }
    }

    /** The same in a place that was taken before, and is used up by this. */
    <T> T run(HashingPlace place, Supplier<T> work) {
        return Span.during("hash password", SpanKind.INTERNAL, () -> {
            HashingJob<T> job = new HashingJob<>(place.address(), work);
            start(job, place);
            return result(job);
        });
    }

    /**
     * Takes a place in the line.
     *
     * @throws Problem {@code SERVICE_UNAVAILABLE} with the time to retry after, when too much is waiting already
     */
    HashingPlace reserve(ClientAddress from) {
        HashingPlace place = new HashingPlace(this, from.limitKey());
        take(place);
        return place;
    }

    /**
     * The same for a place that was given back.
     *
     * @throws Problem {@code SERVICE_UNAVAILABLE} with the time to retry after, when too much is waiting already
     */
    void take(HashingPlace place) {
        String address = place.address();
        lock.lock();
        try {
            int sameAddress = placesByAddress.getOrDefault(address, 0);
            boolean full = running + reserved + queue.size() >= threads + queueCapacity;
            if (closed || full || sameAddress >= waitingPerAddress + threads - running) {
                refused++;
                throw busy();
            }
            reserved++;
            placesByAddress.put(address, sameAddress + 1);
            place.hold();
        } finally {
            lock.unlock();
        }
    }

    /** Gives back a place that was not used. */
    void release(HashingPlace place) {
        lock.lock();
        try {
            if (place.giveUp()) {
                reserved--;
                leave(place.address());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Callers that have a place in the line and no thread yet. */
    int waiting() {
        lock.lock();
        try {
            return reserved + queue.size();
        } finally {
            lock.unlock();
        }
    }

    /** Hashes being computed. */
    int running() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }

    /** Callers refused since the start. */
    long refused() {
        lock.lock();
        try {
            return refused;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            Problem busy = busy();
            for (HashingJob<?> job : queue) {
                job.fail(busy);
            }
            queue.clear();
            placesByAddress.clear();
        } finally {
            lock.unlock();
        }
        workers.shutdown();
        try {
            workers.awaitTermination(SHUTDOWN_GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts the job or queues it. Under the lock, so that one that was let in is not refused by a pool that closes meanwhile. */
    private void start(HashingJob<?> job, HashingPlace place) {
        lock.lock();
        try {
            if (closed) {
                throw busy();
            }
            if (!place.giveUp()) {
                throw new IllegalStateException("a place is used once");
            }
            reserved--;
            if (running < threads) {
                leave(job.address());
                workers.execute(() -> workFrom(job));
                running++;
            } else {
                queue.addLast(job);
            }
        } finally {
            lock.unlock();
        }
    }

    private void workFrom(HashingJob<?> first) {
        Optional<HashingJob<?>> next = Optional.of(first);
        while (next.isPresent()) {
            long start = System.nanoTime();
            next.get().perform();
            next = finished(System.nanoTime() - start);
        }
    }

    /** Gives the thread to the one who waited longest. */
    private Optional<HashingJob<?>> finished(long nanos) {
        lock.lock();
        try {
            typicalNanos = typicalNanos == 0 ? nanos : typicalNanos + NEWEST_WEIGHT * (nanos - typicalNanos);
            Optional<HashingJob<?>> next = Optional.ofNullable(queue.pollFirst());
            if (next.isPresent()) {
                leave(next.get().address());
            } else {
                running--;
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    private <T> T result(HashingJob<T> job) {
        try {
            try {
                return job.outcome().get(longestWait.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException late) {
                giveUp(job);
                return job.outcome().get();
            }
        } catch (InterruptedException e) {
            giveUp(job);
            Thread.currentThread().interrupt();
            throw Problem.of(ErrorCode.SERVICE_UNAVAILABLE, "interrupted while waiting for a hash");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(e);
        }
    }

    /** Refuses a job that still waits; one that runs already is let finish. */
    private void giveUp(HashingJob<?> job) {
        lock.lock();
        try {
            if (queue.remove(job)) {
                leave(job.address());
                refused++;
                job.fail(busy());
            }
        } finally {
            lock.unlock();
        }
    }

    private void leave(String address) {
        placesByAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }

    private Problem busy() {
        double drained = typicalNanos * (reserved + queue.size() + running) / threads;
        long seconds = Math.max(1, (long) Math.ceil(drained / TimeUnit.SECONDS.toNanos(1)));
        return Problem.of(ErrorCode.SERVICE_UNAVAILABLE, "password hashing is at its limit")
                .retryAfter(Duration.ofSeconds(seconds));
    }
}
