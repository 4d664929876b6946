package dev.latchkey.login;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.latchkey.user.UserView;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a completed login answers. Which fields it has follows from the mode: tokens, a CSRF token beside the cookie, or the
 * secret for {@code X-Session-Id}.
 *
 * @param expiresIn the access token's lifetime in seconds
 * @param offersMFAEnrolment true where the user has no second factor and might like one; absent otherwise
 */
public record SignInAnswer(
        UserView user,
        @JsonProperty("access_token") Optional<String> accessToken,
        @JsonProperty("refresh_token") Optional<String> refreshToken,
        @JsonProperty("token_type") Optional<String> tokenType,
        @JsonProperty("expires_in") OptionalLong expiresIn,
        Optional<String> csrfToken,
        Optional<String> sessionId,
        Optional<Boolean> offersMFAEnrolment)
        implements LoginAnswer {
    @Override
    public String toString() {
        return "SignInAnswer[redacted]";
    }
}
