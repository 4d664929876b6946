package dev.latchkey.mfa;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.latchkey.core.Validation;
import dev.latchkey.passkey.Passkey;
import dev.latchkey.passkey.RegistrationResponse;
import dev.latchkey.totp.TotpDevice;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The request bodies of enrolment. */
final class MfaRequests {
    private static final int MAX_CODE = 64;
    private static final int MAX_HANDLE = 128;
    private static final String DEFAULT_NAME = "Authenticator app";

    private MfaRequests() {}

    /** @param name what the user calls the device; optional */
    record Setup(Optional<String> name) {
        static final Setup UNNAMED = new Setup(Optional.empty());

        Setup {
            Validation check = new Validation();
            name = check.optionalText("name", name.orElse(null), TotpDevice.MAX_NAME);
            check.done();
        }

        String deviceName() {
            return name.orElse(DEFAULT_NAME);
        }
    }

    /** @param code what the device shows now; taken as {@code token} too */
    record Code(String code) {
        Code(@JsonAlias("token") @Nullable String code) {
            Validation check = new Validation();
            this.code = check.secret("code", code, MAX_CODE);
            check.done();
        }

        @Override
        public String toString() {
            return "Code[redacted]";
        }
    }

    record Name(String name) {
        Name(@Nullable String name) {
            Validation check = new Validation();
            this.name = check.text("name", name, TotpDevice.MAX_NAME);
            check.done();
        }
    }

    /** @param mfaToken the handle of a login that cannot go on without a second factor */
    record LoginSetup(String mfaToken, Optional<String> name) {
        LoginSetup(@JsonAlias("userId") @Nullable String mfaToken, Optional<String> name) {
            Validation check = new Validation();
            this.mfaToken = check.secret("mfaToken", mfaToken, MAX_HANDLE);
            this.name = check.optionalText("name", name.orElse(null), TotpDevice.MAX_NAME);
            check.done();
        }

        Setup setup() {
            return new Setup(name);
        }

        @Override
        public String toString() {
            return "LoginSetup[redacted]";
        }
    }

    /** @param mfaToken the handle of a login that cannot go on without a second factor */
    record LoginPasskey(String mfaToken) {
        LoginPasskey(@JsonAlias("userId") @Nullable String mfaToken) {
            Validation check = new Validation();
            this.mfaToken = check.secret("mfaToken", mfaToken, MAX_HANDLE);
            check.done();
        }

        @Override
        public String toString() {
            return "LoginPasskey[redacted]";
        }
    }

    /**
     * @param mfaToken the handle of a login that cannot go on without a second factor
     * @param sessionId from the options
     * @param response what the browser answered, {@code RegistrationResponseJSON}; taken as {@code credential} too
     */
    record LoginPasskeyMade(String mfaToken, String sessionId, RegistrationResponse response, Optional<String> name) {
        LoginPasskeyMade(
                @JsonAlias("userId") @Nullable String mfaToken,
                @Nullable String sessionId,
                @JsonAlias("credential") @Nullable RegistrationResponse response,
                Optional<String> name) {
            Validation check = new Validation();
            this.mfaToken = check.secret("mfaToken", mfaToken, MAX_HANDLE);
            this.sessionId = check.secret("sessionId", sessionId, MAX_HANDLE);
            this.name = check.optionalText("name", name.orElse(null), Passkey.MAX_NAME);
            check.require(response != null, "response", "required", "Send what the browser answered.");
            check.done();
            this.response = Objects.requireNonNull(response);
        }

        @Override
        public String toString() {
            return "LoginPasskeyMade[redacted]";
        }
    }

    /** @param code what the device shows now; taken as {@code token} too */
    record LoginCode(String mfaToken, String code) {
        LoginCode(@JsonAlias("userId") @Nullable String mfaToken, @JsonAlias("token") @Nullable String code) {
            Validation check = new Validation();
            this.mfaToken = check.secret("mfaToken", mfaToken, MAX_HANDLE);
            this.code = check.secret("code", code, MAX_CODE);
            check.done();
        }

        @Override
        public String toString() {
            return "LoginCode[redacted]";
        }
    }
}
