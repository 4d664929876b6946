package dev.latchkey.core;

import java.time.Clock;
import java.time.Duration;

/** Stops asking a service that keeps failing; after a pause one caller tries again. */
public final class CircuitBreaker {
    private final Clock clock;
    private final int failuresToOpen;
    private final Duration pause;

    private int failures = 0;
    private long closedAgainAt = 0;

    /** @param failuresToOpen in a row, after which nobody asks for {@code pause} */
    public CircuitBreaker(Clock clock, int failuresToOpen, Duration pause) {
        this.clock = clock;
        this.failuresToOpen = failuresToOpen;
        this.pause = pause;
    }

    /** Whether the service may be asked now. Each true is followed by {@link #succeeded} or {@link #failed}. */
    public synchronized boolean allows() {
        if (failures < failuresToOpen) {
            return true;
        }
        if (clock.millis() < closedAgainAt) {
            return false;
        }
        // Only this caller tries; the others stay refused until it is known how that went.
        closedAgainAt = clock.millis() + pause.toMillis();
        return true;
    }

    /** Whether everyone is refused at present. */
    public synchronized boolean isPausing() {
        return failures >= failuresToOpen && clock.millis() < closedAgainAt;
    }

    public synchronized void succeeded() {
        failures = 0;
    }

    public synchronized void failed() {
        failures++;
        closedAgainAt = clock.millis() + pause.toMillis();
    }
}
