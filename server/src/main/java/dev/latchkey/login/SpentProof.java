package dev.latchkey.login;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.db.Tx;

/** A first proof that tells whom it is for only once it is spent. */
@FunctionalInterface
interface SpentProof {
    /** What the proof was; each commits. */
    sealed interface Result {
        record Right(Attempt attempt) implements Result {}

        record Refused(ErrorCode code) implements Result {}
    }

    Result spend(Tx tx);
}
