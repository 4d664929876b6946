package dev.latchkey.login;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.lockout.LockState;

/** How a step of a login ended; each case commits. */
sealed interface Passage {
    record Opened(SignedIn signedIn) implements Passage {}

    record Waits(Attempt attempt, Step step) implements Passage {}

    record Refused(ErrorCode code) implements Passage {}

    /** The account changed meanwhile. */
    record Moved() implements Passage {}

    record Locked(LockState.Locked state) implements Passage {}
}
