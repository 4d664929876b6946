package dev.latchkey.lockout;

import java.time.Instant;

/** What a failure led to. */
public sealed interface FailureOutcome {
    /** It was counted, and nothing else changed; {@code failures} in a row so far. */
    record Counted(int failures) implements FailureOutcome {}

    /** It came too late: the lock was there already, and neither a right nor a wrong guess may be told from the other. */
    record AlreadyLocked(Instant until) implements FailureOutcome {}

    /** This failure locked; exactly one of any number of simultaneous failures gets this answer. */
    record NowLocked(Instant until) implements FailureOutcome {}
}
