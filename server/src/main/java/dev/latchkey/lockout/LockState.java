package dev.latchkey.lockout;

import java.time.Instant;

/** Whether an attempt may be made. */
public sealed interface LockState {
    /** It may. */
    record Open() implements LockState {}

    /** Not before {@code until}. */
    record Locked(Instant until) implements LockState {}
}
