package dev.latchkey.jose;

import java.util.Base64;

/**
 * Base64url as JWS means it: no padding, no white space, and exactly one text for the same bytes. A lenient decoder would let
 * anyone make further valid spellings of a token.
 */
final class Base64Url {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private Base64Url() {}

    static String encode(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    /** @throws MalformedTokenException for any other spelling than {@link #encode}'s */
    static byte[] decode(String text) {
        if (text.isEmpty() || text.indexOf('=') >= 0 || !endsCanonically(text)) {
            throw new MalformedTokenException("not canonical base64url");
        }
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedTokenException("not base64url");
        }
    }

    /** The bits of the last character that stand for no byte must be zero. */
    private static boolean endsCanonically(String text) {
        int last = ALPHABET.indexOf(text.charAt(text.length() - 1));
        return switch (text.length() % 4) {
            case 0 -> true;
            case 2 -> last >= 0 && (last & 0b1111) == 0;
            case 3 -> last >= 0 && (last & 0b11) == 0;
            default -> false;
        };
    }
}
