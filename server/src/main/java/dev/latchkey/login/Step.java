package dev.latchkey.login;

import java.util.Set;

/** What a login needs next. */
public sealed interface Step {
    /** One of these proofs. */
    record AskFactor(Set<Factor> anyOf) implements Step {}

    /** A second factor, which the account must have and has not. */
    record Enrol() implements Step {}

    /** Nothing: a session may be opened for the attempt's user. */
    record Done() implements Step {}
}
