package dev.latchkey.recovery;

import java.time.Instant;

/** What became of a try to complete a recovery. */
public sealed interface RecoveryEnd {
    /** The wait is over and gone: the caller removes the factors. */
    record Completed() implements RecoveryEnd {}

    record TooEarly(Instant readyAt) implements RecoveryEnd {}

    /** The wait is over, but no administrator has agreed. */
    record NotApproved() implements RecoveryEnd {}

    /** None was asked for, it was cancelled, or it is too old. */
    record None() implements RecoveryEnd {}
}
