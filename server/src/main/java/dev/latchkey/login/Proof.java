package dev.latchkey.login;

import dev.latchkey.core.EmailAddress;

/** Something a client shows to prove who it is. */
public sealed interface Proof {
    /** An identifier with the account's password. */
    record Password(EmailAddress identifier, String password) implements Proof {
        @Override
        public String toString() {
            return "Password[redacted]";
        }
    }
}
