package dev.latchkey.login;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Holds a refusal back until a common time has passed, whatever the reason for it was. */
final class FailureFloor {
    private final long floorNanos;

    FailureFloor(Duration floor) {
        this.floorNanos = floor.toNanos();
    }

    /** @param startedAt {@link System#nanoTime()} when the attempt began */
    void await(long startedAt) {
        long end = startedAt + floorNanos;
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
        }
    }
}
