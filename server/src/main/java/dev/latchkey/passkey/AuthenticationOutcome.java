package dev.latchkey.passkey;

import dev.latchkey.core.PasskeyId;
import dev.latchkey.core.UserId;

/** Whether a passkey let its user in. */
public sealed interface AuthenticationOutcome {
    /**
     * The user proved possession, and where {@code userVerified} also knowledge or biometrics: two factors.
     *
     * @param backedUp whether the key also lives on other devices of the user
     */
    record Accepted(UserId user, PasskeyId passkey, boolean userVerified, boolean backedUp)
            implements AuthenticationOutcome {}

    /** @param refusal {@code UNKNOWN_PASSKEY} where it was removed meanwhile, {@code COUNTER} or {@code CLONE_SUSPECTED} */
    record Refused(PasskeyRefusal refusal, UserId user, PasskeyId passkey) implements AuthenticationOutcome {}
}
