package dev.latchkey.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;

/** Made-up users, each a function of its number, so that a load knows them without asking the database. */
final class People {
    /** The password of everyone. */
    static final String PASSWORD = "a long walk along the river";

    static final int HANDLE_BYTES = 16;
    static final int SECRET_BYTES = 32;

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();
    private static final long FIRST_CREATED = 1_700_000_000_000L;

    private People() {}

    /** A UUIDv7 whose time is that of {@link #createdAt}. */
    static String user(int number) {
        return uuid("user", number);
    }

    static String session(int number) {
        return uuid("session", number);
    }

    static long createdAt(int number) {
        return FIRST_CREATED + number * 1000L;
    }

    /** Sixteen hexadecimal digits in no order, so that addresses spread evenly. */
    static String email(int number) {
        return "p" + HexFormat.of().formatHex(digest("email", number), 0, 8) + "@example.com";
    }

    static String handle(int number) {
        return BASE64URL.encodeToString(first(digest("handle", number), HANDLE_BYTES));
    }

    static String secret(int number) {
        return BASE64URL.encodeToString(digest("secret", number));
    }

    /** What the user's browser is recognised by. */
    static String device(int number) {
        return BASE64URL.encodeToString(digest("device", number));
    }

    /** The refresh token of the user's family as its login gave it. */
    static String refreshToken(int number) {
        ByteBuffer token = ByteBuffer.allocate(HANDLE_BYTES + Integer.BYTES + SECRET_BYTES);
        token.put(digest("handle", number), 0, HANDLE_BYTES).putInt(1).put(digest("secret", number));
        return "lkr_" + BASE64URL.encodeToString(token.array());
    }

    static byte[] bytes(String kind, int number) {
        return digest(kind, number);
    }

    private static String uuid(String kind, int number) {
        ByteBuffer value = ByteBuffer.wrap(first(digest(kind, number), 16));
        long random = value.getLong();
        long high = (createdAt(number) << 16) | 0x7000 | (random & 0x0FFF);
        long low = (value.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new java.util.UUID(high, low).toString();
    }

    private static byte[] first(byte[] bytes, int count) {
        return java.util.Arrays.copyOf(bytes, count);
    }

    private static byte[] digest(String kind, int number) {
        try {
            return MessageDigest.getInstance("SHA-256").digest((kind + number).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
