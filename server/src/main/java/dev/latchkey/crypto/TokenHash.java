package dev.latchkey.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * How a secret of at least 128 bits is stored: SHA-256 over {@code kind || 0 || secret}. The kind keeps one artefact from ever
 * being found as another. Short codes need a keyed hash instead.
 */
public final class TokenHash {
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private TokenHash() {}

    /** The hash as 43 base64url characters. */
    public static String of(String kind, String secret) {
        return BASE64URL.encodeToString(bytes(kind, secret));
    }

    /** The hash as its 32 bytes. */
    public static byte[] bytes(String kind, String secret) {
        MessageDigest sha256 = sha256();
        sha256.update(kind.getBytes(StandardCharsets.UTF_8));
        sha256.update((byte) 0);
        return sha256.digest(secret.getBytes(StandardCharsets.UTF_8));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
