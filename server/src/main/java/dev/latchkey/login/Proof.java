package dev.latchkey.login;

import dev.latchkey.core.EmailAddress;
import dev.latchkey.passkey.VerifiedPasskey;
import java.util.Optional;

/** Something a client shows to prove who it is. */
public sealed interface Proof {
    /** Tells whom the login is for. */
    sealed interface First extends Proof {}

    /** What follows a first proof. Spent in the transaction that goes on with the login. */
    sealed interface Second extends Proof {}

    /** A passkey whose signature is right; its use is recorded with the step that it carries. Tells by itself whom it is for. */
    record Passkey(VerifiedPasskey verified) implements First, Second {}

    /**
     * An identifier with the account's password.
     *
     * @param humanCheck the answer to a human check, where one was asked for
     */
    record Password(EmailAddress identifier, String password, Optional<String> humanCheck) implements First {
        public Password(EmailAddress identifier, String password) {
            this(identifier, password, Optional.empty());
        }

        @Override
        public String toString() {
            return "Password[redacted]";
        }
    }

    /**
     * The digits that an authenticator application shows now, or that were texted.
     *
     * @param attempt what a texted code must be bound to, as a hash; empty where none can have been sent
     */
    record Digits(String code, Optional<String> attempt) implements Second {
        public Digits(String code) {
            this(code, Optional.empty());
        }

        @Override
        public String toString() {
            return "Digits[redacted]";
        }
    }

    /** One of the account's backup codes. */
    record BackupCode(String code) implements Second {
        @Override
        public String toString() {
            return "BackupCode[redacted]";
        }
    }

    /** The same proof where digits may have been texted for this attempt. */
    static Second boundTo(String attempt, Second proof) {
        return proof instanceof Digits digits ? new Digits(digits.code(), Optional.of(attempt)) : proof;
    }

    /** What a person typed where either is taken: digits alone are not a backup code. */
    static Second typed(String code) {
        String bare = code.replace(" ", "");
        return bare.chars().allMatch(c -> c >= '0' && c <= '9') ? new Digits(bare) : new BackupCode(code);
    }
}
