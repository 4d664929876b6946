package dev.latchkey.login;

import dev.latchkey.core.UserId;
import java.util.Set;

/** What a login needs next. */
public sealed interface Step {
    /** Who is it? */
    record AskIdentifier() implements Step {}

    /** One of these proofs. */
    record AskFactor(Set<Factor> anyOf) implements Step {}

    /** Nothing: a session may be opened for this user, still under this epoch. */
    record Done(UserId user, long epoch, Attempt attempt) implements Step {}
}
