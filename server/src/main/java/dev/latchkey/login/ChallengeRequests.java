package dev.latchkey.login;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.latchkey.core.Validation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The bodies that answer a challenge. */
final class ChallengeRequests {
    private static final int MAX_HANDLE = 128;
    private static final int MAX_CODE = 64;

    private ChallengeRequests() {}

    /**
     * @param mfaToken the handle, which is taken as {@code userId} and {@code interimToken} too
     * @param code from an authenticator application, or a backup code; taken as {@code token} too
     * @param trustDevice whether this browser should pass for the second factor for a while
     */
    record Code(String mfaToken, String code, Optional<Boolean> trustDevice) {
        Code(
                @JsonAlias({"userId", "interimToken"}) @Nullable String mfaToken,
                @JsonAlias("token") @Nullable String code,
                Optional<Boolean> trustDevice) {
            Validation check = new Validation();
            this.mfaToken = check.secret("mfaToken", mfaToken, MAX_HANDLE);
            this.code = check.secret("code", code, MAX_CODE);
            this.trustDevice = trustDevice;
            check.done();
        }

        @Override
        public String toString() {
            return "Code[redacted]";
        }
    }
}
