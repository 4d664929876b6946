package dev.latchkey.issuer;

import java.time.Instant;

/**
 * A new token.
 *
 * @param token the compact JWS, a secret
 * @param id its {@code jti}, not a secret
 */
public record MintedToken(String token, String id, Instant expiresAt) {
    @Override
    public String toString() {
        return "MintedToken[" + id + "]";
    }
}
