package dev.latchkey.account;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.Validation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The small request bodies of self service. */
final class AccountRequests {
    private static final int MAX_PASSWORD = 1024;
    private static final int MAX_TOKEN = 512;

    private AccountRequests() {}

    /**
     * Names an address.
     *
     * @param humanCheck the answer to the challenge of CAPTCHA_REQUIRED
     */
    record Address(String email, Optional<String> humanCheck) {
        Address(@Nullable String email, Optional<String> humanCheck) {
            Validation check = new Validation();
            this.email = check.email("email", email).asTyped();
            this.humanCheck = humanCheck;
            check.done();
        }

        EmailAddress address() {
            return EmailAddress.parse(email).orElseThrow();
        }
    }

    /** Spends a mailed link. */
    record Link(String token) {
        Link(@Nullable String token) {
            Validation check = new Validation();
            this.token = check.secret("token", token, MAX_TOKEN);
            check.done();
        }

        @Override
        public String toString() {
            return "Link[redacted]";
        }
    }

    record ResetPassword(String token, String newPassword) {
        ResetPassword(@Nullable String token, @JsonAlias("password") @Nullable String newPassword) {
            Validation check = new Validation();
            this.token = check.secret("token", token, MAX_TOKEN);
            this.newPassword = check.secret("newPassword", newPassword, MAX_PASSWORD);
            check.done();
        }

        @Override
        public String toString() {
            return "ResetPassword[redacted]";
        }
    }

    record ChangePassword(String currentPassword, String newPassword) {
        ChangePassword(@Nullable String currentPassword, @Nullable String newPassword) {
            Validation check = new Validation();
            this.currentPassword = check.secret("currentPassword", currentPassword, MAX_PASSWORD);
            this.newPassword = check.secret("newPassword", newPassword, MAX_PASSWORD);
            check.done();
        }

        @Override
        public String toString() {
            return "ChangePassword[redacted]";
        }
    }

    record DeleteAccount(String password) {
        DeleteAccount(@Nullable String password) {
            Validation check = new Validation();
            this.password = check.secret("password", password, MAX_PASSWORD);
            check.done();
        }

        @Override
        public String toString() {
            return "DeleteAccount[redacted]";
        }
    }
}
