package dev.latchkey.core;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for what another thread or process is about to do, never for ever. */
public final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    // Spinning would take the processor from whoever is waited for.
    private static final long PAUSE_NANOS = 200_000;

    private Eventually() {}

    /**
     * Returns as soon as the condition holds.
     *
     * @param what the state waited for, as the failure names it
     * @throws AssertionError where it does not come within a minute
     */
    public static void holds(String what, Callable<Boolean> condition) {
        if (!holdsWithin(PATIENCE, condition)) {
            throw new AssertionError("waited " + PATIENCE.toSeconds() + " s in vain: " + what);
        }
    }

    /** As {@link #holds(String, Callable)}, where the line that waits says what for. */
    public static void holds(Callable<Boolean> condition) {
        holds("the condition did not come to hold", condition);
    }

    /** Whether the condition holds before the time is over. */
    public static boolean holdsWithin(Duration time, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + time.toNanos();
        do {
            if (ask(condition)) {
                return true;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        } while (System.nanoTime() - deadline < 0);
        return ask(condition);
    }

    private static boolean ask(Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (RuntimeException | Error failed) {
            throw failed;
        } catch (Exception failed) {
            throw new AssertionError("the condition waited for cannot be asked", failed);
        }
    }
}
