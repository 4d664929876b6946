package dev.latchkey.login;

import dev.latchkey.core.EmailAddress;
import java.util.Optional;

/** Something a client shows to prove who it is. */
public sealed interface Proof {
    /**
     * An identifier with the account's password.
     *
     * @param humanCheck the answer to a human check, where one was asked for
     */
    record Password(EmailAddress identifier, String password, Optional<String> humanCheck) implements Proof {
        public Password(EmailAddress identifier, String password) {
            this(identifier, password, Optional.empty());
        }

        @Override
        public String toString() {
            return "Password[redacted]";
        }
    }
}
