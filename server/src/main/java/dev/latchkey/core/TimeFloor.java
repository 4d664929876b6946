package dev.latchkey.core;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Holds an answer back until a common time has passed, so that its time tells nothing about what was found. */
public final class TimeFloor {
    private final long floorNanos;

    public TimeFloor(Duration floor) {
        this.floorNanos = floor.toNanos();
    }

    /** @param startedAt {@link System#nanoTime()} when the work began that must not show */
    public void await(long startedAt) {
        long end = startedAt + floorNanos;
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
        }
    }
}
