package dev.latchkey.db;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What waits for the writer: requests first, bulk work behind them. Bounded; nothing is dropped silently. */
final class WriteQueue {
    static final int CAPACITY = 1_024;

    /** A saturated server still does one piece of bulk work per this time, or it would never seal its audit trail. */
    private static final long BULK_PATIENCE = TimeUnit.SECONDS.toNanos(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<WriteTask<?>> requests = new ArrayDeque<>();
    private final ArrayDeque<WriteTask<?>> bulk = new ArrayDeque<>();
    private long lastBulk = System.nanoTime();
    private boolean open = true;
    private boolean closed;

    enum Lane {
        REQUEST,
        BULK
    }

    /** Whether the task was taken in; not while the writer is stopped or the lane is full. */
    boolean offer(WriteTask<?> task, Lane lane) {
        lock.lock();
        try {
            ArrayDeque<WriteTask<?>> queue = lane == Lane.REQUEST ? requests : bulk;
            if (!open || closed || queue.size() >= CAPACITY) {
                return false;
            }
            queue.add(task);
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The next task, or empty where none came in time or the queue was closed and is empty. */
    Optional<WriteTask<?>> await(long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (requests.isEmpty() && bulk.isEmpty() && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return Optional.ofNullable(next());
        } catch (InterruptedException ignored) {
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** The next task if one is there now. */
    Optional<WriteTask<?>> poll() {
        lock.lock();
        try {
            return Optional.ofNullable(next());
        } finally {
            lock.unlock();
        }
    }

    private @Nullable WriteTask<?> next() {
        WriteTask<?> waiting = bulk.peek();
        if (waiting == null) {
            return requests.poll();
        }
        long now = System.nanoTime();
        boolean late = now - waiting.queuedAt() > BULK_PATIENCE && now - lastBulk > BULK_PATIENCE;
        if (!requests.isEmpty() && !late) {
            return requests.poll();
        }
        lastBulk = now;
        return bulk.poll();
    }

    /** Takes nothing more in until {@link #resume}; what waits stays for {@link #poll}. */
    void suspend() {
        lock.lock();
        try {
            open = false;
        } finally {
            lock.unlock();
        }
    }

    void resume() {
        lock.lock();
        try {
            open = true;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isOpen() {
        lock.lock();
        try {
            return open && !closed;
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return requests.size() + bulk.size();
        } finally {
            lock.unlock();
        }
    }
}
