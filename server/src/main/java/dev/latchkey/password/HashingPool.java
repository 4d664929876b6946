package dev.latchkey.password;

import dev.latchkey.core.ClientAddress;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import dev.latchkey.trace.Span;
import dev.latchkey.trace.SpanKind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
    private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(5);
    private static final double NEWEST_WEIGHT = 0.1;

    private final int threads;
    private final int queueCapacity;
    private final int waitingPerAddress;
    private final Duration longestWait;
    private final ExecutorService workers;

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Job<?>> queue = new ArrayDeque<>();
    /** Reserved and queued ones. */
    private final Map<String, Integer> placesByAddress = new HashMap<>();

    private int reserved = 0;
    private int running = 0;
    private long refused = 0;
    private double typicalNanos = 0;
    private boolean closed = false;

    /** @param threadEnds runs on each worker before it ends, which it does after a while without work */
    HashingPool(PasswordConfig.Hashing bounds, Duration idleTime, Runnable threadEnds) {
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
                    HashingPriority.lower();
                    worker.run();
                    threadEnds.run();
                }));
        pool.allowCoreThreadTimeOut(true);
        this.workers = pool;
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
            Job<T> job = new Job<>(place.address(), work);
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
        String address = from.limitKey();
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
            return new HashingPlace(this, address);
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

    /** Callers that wait for a thread. */
    int waiting() {
        lock.lock();
        try {
            return queue.size();
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
            for (Job<?> job : queue) {
                job.outcome.completeExceptionally(busy);
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
    private void start(Job<?> job, HashingPlace place) {
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
                running++;
                leave(job.address);
                workers.execute(() -> workFrom(job));
            } else {
                queue.addLast(job);
            }
        } finally {
            lock.unlock();
        }
    }

    private void workFrom(Job<?> first) {
        Optional<Job<?>> next = Optional.of(first);
        while (next.isPresent()) {
            long start = System.nanoTime();
            next.get().perform();
            next = finished(System.nanoTime() - start);
        }
    }

    /** Gives the thread to the one who waited longest. */
    private Optional<Job<?>> finished(long nanos) {
        lock.lock();
        try {
            typicalNanos = typicalNanos == 0 ? nanos : typicalNanos + NEWEST_WEIGHT * (nanos - typicalNanos);
            Optional<Job<?>> next = Optional.ofNullable(queue.pollFirst());
            if (next.isPresent()) {
                leave(next.get().address);
            } else {
                running--;
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    private <T> T result(Job<T> job) {
        try {
            try {
                return job.outcome.get(longestWait.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException late) {
                giveUp(job);
                return job.outcome.get();
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
    private void giveUp(Job<?> job) {
        lock.lock();
        try {
            if (queue.remove(job)) {
                leave(job.address);
                refused++;
                job.outcome.completeExceptionally(busy());
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

    private static final class Job<T> {
        private final String address;
        private final Supplier<T> work;
        private final CompletableFuture<T> outcome = new CompletableFuture<>();

        Job(String address, Supplier<T> work) {
            this.address = address;
            this.work = work;
        }

        void perform() {
            try {
                outcome.complete(work.get());
            } catch (Throwable failure) {
                outcome.completeExceptionally(failure);
            }
        }
    }
}
