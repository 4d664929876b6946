package dev.latchkey.lockout;

import java.time.Instant;

/** Whether an attempt may be made. */
public sealed interface LockState {
    /**
     * It may.
     *
     * @param counted whether there may be failures that {@link LockoutService#succeeded} would clear
     */
    record Open(boolean counted) implements LockState {}

    /** Not before {@code until}. */
    record Locked(Instant until) implements LockState {}
}
