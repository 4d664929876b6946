package dev.latchkey.password;

import java.time.Clock;
import java.time.Duration;

/** Stops asking a service that keeps failing; after a pause one caller tries again. */
final class CircuitBreaker {
    private final Clock clock;
    private final int failuresToOpen;
    private final Duration pause;

    private int failures = 0;
    private long closedAgainAt = 0;

    CircuitBreaker(Clock clock, int failuresToOpen, Duration pause) {
        this.clock = clock;
        this.failuresToOpen = failuresToOpen;
        this.pause = pause;
    }

    /** Whether the service may be asked now. Each true is followed by {@link #succeeded} or {@link #failed}. */
    synchronized boolean allows() {
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

    synchronized void succeeded() {
        failures = 0;
    }

    synchronized void failed() {
        failures++;
        closedAgainAt = clock.millis() + pause.toMillis();
    }
}
