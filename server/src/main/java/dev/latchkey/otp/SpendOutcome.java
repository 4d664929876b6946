package dev.latchkey.otp;

/** What a backup code was. */
public sealed interface SpendOutcome {
    /**
     * The code was good, and is spent.
     *
     * @param left codes of the set that still work
     */
    record Spent(int left) implements SpendOutcome {
        private static final int FEW = 3;

        /** Whether it is time to tell the user to make new ones. */
        public boolean fewLeft() {
            return left <= FEW;
        }
    }

    /** The user has no such code, or it was used before. */
    record Unknown() implements SpendOutcome {}
}
