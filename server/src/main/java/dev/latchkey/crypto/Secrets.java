package dev.latchkey.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;

/** The only source of randomness: tokens, ids, codes, salts. */
public final class Secrets {
    private static final int TOKEN_BYTES = 32;
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();
    private static final int UUID_LENGTH = 36;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

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
        ByteBuffer value = ByteBuffer.wrap(bytes(2 * Long.BYTES));
        return uuid(clock.millis(), value.getLong(), value.getLong());
    }

    static String uuid(long epochMillis, long first, long second) {
        byte[] text = new byte[UUID_LENGTH];
        hex(text, 0, 8, epochMillis >>> 16);
        text[8] = '-';
        hex(text, 9, 4, epochMillis);
        text[13] = '-';
        hex(text, 14, 4, 0x7000 | (first & 0x0FFF));
        text[18] = '-';
        hex(text, 19, 4, 0x8000 | (second >>> 48 & 0x3FFF));
        text[23] = '-';
        hex(text, 24, 12, second);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /** The last {@code digits} hexadecimal digits of {@code value}. */
    private static void hex(byte[] text, int at, int digits, long value) {
        long left = value;
        for (int i = at + digits - 1; i >= at; i--) {
            text[i] = HEX[(int) (left & 0xF)];
            left >>>= 4;
        }
    }
}
