package dev.latchkey.otp;

/** What a typed login code was. Commit each: the second costs a try. */
public sealed interface CodeOutcome {
    /** Code and link are spent, and the user's others with them. */
    record Spent(SpentCode code) implements CodeOutcome {}

    /** @param triesLeft at 0 code and link are dead */
    record Wrong(int triesLeft) implements CodeOutcome {}

    /** This attempt has no code: none was asked for, it was used, its time or its tries are over. */
    record Gone() implements CodeOutcome {}
}
