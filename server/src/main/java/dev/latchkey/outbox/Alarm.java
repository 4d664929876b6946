package dev.latchkey.outbox;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets one thread sleep until a time or until somebody rings. A ring while it is awake is not lost. */
final class Alarm {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rings = lock.newCondition();
    private boolean rung;

    void ring() {
        lock.lock();
        try {
            rung = true;
            rings.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void await(Duration longest) throws InterruptedException {
        lock.lock();
        try {
            long left = Math.max(0, TimeUnit.NANOSECONDS.convert(longest));
            while (!rung && left > 0) {
                left = rings.awaitNanos(left);
            }
            rung = false;
        } finally {
            lock.unlock();
        }
    }
}
