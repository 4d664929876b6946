package dev.latchkey.passkey;

import dev.latchkey.core.PasskeyId;
import dev.latchkey.core.UserId;
import java.util.Optional;

/** What became of a browser's answer to an authentication, before its use is recorded. */
public sealed interface AuthenticationCheck {
    record Verified(VerifiedPasskey passkey) implements AuthenticationCheck {}

    /**
     * Proves nothing; {@code user} and {@code passkey} are for the audit.
     *
     * @param user whose ceremony or passkey it was, where that is known
     */
    record Refused(PasskeyRefusal refusal, Optional<UserId> user, Optional<PasskeyId> passkey)
            implements AuthenticationCheck {
        static Refused of(PasskeyRefusal refusal) {
            return new Refused(refusal, Optional.empty(), Optional.empty());
        }
    }
}
