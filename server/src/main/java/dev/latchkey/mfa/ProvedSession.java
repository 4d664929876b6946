package dev.latchkey.mfa;

import dev.latchkey.core.Authentication;
import dev.latchkey.core.Principal;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.util.Optional;

/** What a session has proved, and more of it; bound to the flow that owns logins. */
public interface ProvedSession {
    /** The factors whose setting up proves them. */
    enum SetUp {
        AUTHENTICATOR_APP,
        TEXTED_CODE,
        /** One that asked for a touch only. */
        PASSKEY,
        /** One that knew its user, which is two factors. */
        VERIFIED_PASSKEY;

        /** Whether it only follows another proof, so that a login that has it set up must ask for it. */
        boolean follows() {
            return switch (this) {
                case AUTHENTICATOR_APP, TEXTED_CODE, PASSKEY -> true;
                case VERIFIED_PASSKEY -> false;
            };
        }
    }

    /** Empty where the session has ended. */
    Optional<Authentication> authentication(Sql sql, Principal.SignedIn principal);

    /** Its user set this up just now, with a right code. */
    void proved(Tx tx, Principal.SignedIn principal, SetUp factor);
}
