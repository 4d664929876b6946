package dev.latchkey.human;

/** What a check makes of an answer. */
public sealed interface HumanVerdict {
    /** The answer holds, and was used up. */
    record Passed() implements HumanVerdict {}

    /** It does not hold; {@code reason} is a stable code such as {@code expired}. */
    record Refused(String reason) implements HumanVerdict {}

    /** Nobody can tell at present. */
    record Undecided() implements HumanVerdict {}
}
