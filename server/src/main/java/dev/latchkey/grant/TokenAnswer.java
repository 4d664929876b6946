package dev.latchkey.grant;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;

/**
 * Tokens as an answer shows them (RFC 6749 section 5.1).
 *
 * @param expiresIn the access token's lifetime in seconds
 */
public record TokenAnswer(
        @JsonProperty("access_token") String accessToken,
        @JsonProperty("refresh_token") String refreshToken,
        @JsonProperty("token_type") String tokenType,
        @JsonProperty("expires_in") long expiresIn) {
    @Override
    public String toString() {
        return "TokenAnswer[redacted]";
    }

    public static TokenAnswer of(String accessToken, String refreshToken, Duration lifetime) {
        return new TokenAnswer(accessToken, refreshToken, "Bearer", lifetime.toSeconds());
    }
}
