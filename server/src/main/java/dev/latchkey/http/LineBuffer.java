package dev.latchkey.http;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lines that wait to be written: taken in by any thread in a moment, handed out together to one. Bounded. */
final class LineBuffer {
    private static final int FIRST_BYTES = 8 << 10;
    private static final int MOST_BYTES = 1 << 20;
    /** Lines are gathered for so long, because a write of a hundred costs as much as a write of one. */
    private static final long GATHERING_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private byte[] bytes = new byte[FIRST_BYTES];
    private int length = 0;
    private boolean awaited = false;
    private boolean closed = false;

    /** A part of an array that the next call of {@link #take} may overwrite. */
    record Lines(byte[] bytes, int length) {}

    /** Whether there was room for the line. */
    boolean add(LogLine line) {
        lock.lock();
        try {
            if (!makeRoom(line.length())) {
                return false;
            }
            line.copyTo(bytes, length);
            length += line.length();
            if (awaited) {
                awaited = false;
                changed.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for lines and takes them all; none once the buffer is closed and empty.
     *
     * @param spare becomes the place of lines to come
     */
    Lines take(byte[] spare) throws InterruptedException {
        lock.lock();
        try {
            while (length == 0 && !closed) {
                awaited = true;
                changed.await();
            }
            long left = GATHERING_NANOS;
            while (left > 0 && !closed && length < MOST_BYTES / 2) {
                left = changed.awaitNanos(left);
            }
            Lines taken = new Lines(bytes, length);
            bytes = spare;
            length = 0;
            return taken;
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

    static byte[] spare() {
        return new byte[FIRST_BYTES];
    }

    private boolean makeRoom(int more) {
        if (length + more > MOST_BYTES) {
            return false;
        }
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(MOST_BYTES, Math.max(bytes.length * 2, length + more)));
        }
        return true;
    }
}
