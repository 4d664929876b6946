package dev.latchkey.login;

import java.util.Set;

/** Where a login stands after its proofs were taken. */
public sealed interface LoginOutcome {
    record Opened(SignedIn signedIn) implements LoginOutcome {}

    /**
     * One proof more is needed.
     *
     * @param handle of the attempt; a secret
     * @param anyOf the proofs that will do
     */
    record Challenged(String handle, Set<Factor> anyOf) implements LoginOutcome {
        @Override
        public String toString() {
            return "Challenged" + anyOf;
        }
    }

    /** A second factor must be set up before the session opens; the handle opens that and nothing else. */
    record MustEnrol(String handle) implements LoginOutcome {
        @Override
        public String toString() {
            return "MustEnrol";
        }
    }
}
