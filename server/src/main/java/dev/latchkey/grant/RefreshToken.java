package dev.latchkey.grant;

import dev.latchkey.crypto.Secrets;
import dev.latchkey.crypto.TokenHash;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** A refresh token taken apart. The handle finds the family, the secret proves the generation. */
record RefreshToken(String handle, int generation, String secret) {
    private static final String PREFIX = "lkr_";
    private static final int HANDLE_BYTES = 16;
    private static final int SECRET_BYTES = 32;
    private static final int TOTAL_BYTES = HANDLE_BYTES + Integer.BYTES + SECRET_BYTES;
    private static final int TEXT_LENGTH = PREFIX.length() + (TOTAL_BYTES * 4 + 2) / 3;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    static RefreshToken first(Secrets secrets) {
        return new RefreshToken(ENCODER.encodeToString(secrets.bytes(HANDLE_BYTES)), 1, secret(secrets));
    }

    RefreshToken successor(Secrets secrets) {
        return new RefreshToken(handle, generation + 1, secret(secrets));
    }

    static Optional<RefreshToken> parse(String text) {
        if (text.length() != TEXT_LENGTH || !text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            String encoded = text.substring(PREFIX.length());
            byte[] all = Base64.getUrlDecoder().decode(encoded);
            // One spelling only: trailing bits that decode to the same bytes would be a second name for one token.
            if (!ENCODER.encodeToString(all).equals(encoded)) {
                return Optional.empty();
            }
            return Optional.of(new RefreshToken(
                    ENCODER.encodeToString(Arrays.copyOf(all, HANDLE_BYTES)),
                    ByteBuffer.wrap(all, HANDLE_BYTES, Integer.BYTES).getInt(),
                    ENCODER.encodeToString(Arrays.copyOfRange(all, HANDLE_BYTES + Integer.BYTES, TOTAL_BYTES))));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    String text() {
        ByteBuffer all = ByteBuffer.allocate(TOTAL_BYTES);
        all.put(Base64.getUrlDecoder().decode(handle))
                .putInt(generation)
                .put(Base64.getUrlDecoder().decode(secret));
        return PREFIX + ENCODER.encodeToString(all.array());
    }

    String hash() {
        return TokenHash.of("refresh", secret);
    }

    private static String secret(Secrets secrets) {
        return ENCODER.encodeToString(secrets.bytes(SECRET_BYTES));
    }

    @Override
    public String toString() {
        return "RefreshToken[redacted]";
    }
}
