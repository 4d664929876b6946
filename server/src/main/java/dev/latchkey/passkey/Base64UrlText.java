package dev.latchkey.passkey;

import java.util.Base64;

/** Binary values in WebAuthn's JSON: base64url without padding. */
final class Base64UrlText {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private Base64UrlText() {}

    static String encode(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    /** @throws CeremonyRefused {@code MALFORMED} */
    static byte[] decode(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new CeremonyRefused(PasskeyRefusal.MALFORMED);
        }
    }
}
