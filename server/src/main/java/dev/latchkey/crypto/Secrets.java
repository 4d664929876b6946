package dev.latchkey.crypto;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;

/** The only source of randomness: tokens, ids, codes, salts. */
public final class Secrets {
    private static final int TOKEN_BYTES = 32;
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final SecureRandom random;
    private final Clock clock;

    public Secrets(Clock clock) {
        this.random = new SecureRandom();
        this.clock = clock;
    }

    public byte[] bytes(int count) {
        byte[] value = new byte[count];
        random.nextBytes(value);
        return value;
    }

    /** A bearer secret of 256 bits, 43 base64url characters. */
    public String token() {
        return BASE64URL.encodeToString(bytes(TOKEN_BYTES));
    }

    /** Characters of {@code alphabet}, at most 256 of them, each as likely as any other. */
    public String code(String alphabet, int length) {
        // What is left over at the top would make the first characters likelier.
        int unbiased = 256 - 256 % alphabet.length();
        StringBuilder code = new StringBuilder(length);
        while (code.length() < length) {
            for (byte drawn : bytes(length)) {
                int value = Byte.toUnsignedInt(drawn);
                if (value < unbiased && code.length() < length) {
                    code.append(alphabet.charAt(value % alphabet.length()));
                }
            }
        }
        return code.toString();
    }

    /** A UUIDv7: 48 bits of Unix milliseconds, then random (RFC 9562 section 5.7). Sorts by time; not a secret. */
    public String uuid() {
        byte[] value = bytes(16);
        long now = clock.millis();
        for (int i = 0; i < 6; i++) {
            value[i] = (byte) (now >>> (40 - 8 * i));
        }
        value[6] = (byte) ((value[6] & 0x0F) | 0x70);
        value[8] = (byte) ((value[8] & 0x3F) | 0x80);
        return format(value);
    }

    private static String format(byte[] value) {
        char[] text = new char[36];
        int at = 0;
        for (int i = 0; i < value.length; i++) {
            if (i == 4 || i == 6 || i == 8 || i == 10) {
                text[at++] = '-';
            }
            text[at++] = HEX[(value[i] >> 4) & 0xF];
            text[at++] = HEX[value[i] & 0xF];
        }
        return new String(text);
    }
}
