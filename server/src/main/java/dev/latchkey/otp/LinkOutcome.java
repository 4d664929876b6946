package dev.latchkey.otp;

/** What a login link was. */
public sealed interface LinkOutcome {
    /** Link and code are spent, and the user's others with them. */
    record Spent(SpentCode code) implements LinkOutcome {}

    /** The link is good, but in the browser that asked for it; it stays so. Elsewhere its code may be typed there. */
    record OtherBrowser() implements LinkOutcome {}

    /** There is no such link: it was used, or its time or its code's tries are over. */
    record Gone() implements LinkOutcome {}
}
