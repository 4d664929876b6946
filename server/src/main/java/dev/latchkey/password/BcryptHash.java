package dev.latchkey.password;

import java.security.MessageDigest;
import java.util.Arrays;
import org.bouncycastle.crypto.generators.BCrypt;

/**
 * An imported bcrypt hash: {@code $2b$12$} and 53 characters. Bcrypt reads 72 bytes; its callers cut longer passwords there, so
 * verifying does too ({@link #isCut}).
 */
record BcryptHash(int cost, byte[] salt, byte[] digest) implements StoredHash {
    private static final String ALPHABET = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int MOST_PASSWORD_BYTES = 72;
    private static final int LEAST_COST = 4;
    private static final int MOST_COST = 15;
    private static final int SALT_BYTES = 16;
    private static final int SALT_CHARACTERS = 22;
    private static final int DIGEST_BYTES = 23;
    private static final int DIGEST_CHARACTERS = 31;

    static BcryptHash parse(String text) {
        String[] fields = HashText.fields(text, 4);
        // The letters a, b and y name fixes in other programs; the function is the same for passwords up to 72 bytes.
        if (!fields[1].equals("2a") && !fields[1].equals("2b") && !fields[1].equals("2y")) {
            throw new IllegalArgumentException("unknown bcrypt version");
        }
        int cost = HashText.number(fields[2]);
        StoredHash.bound("cost", cost, LEAST_COST, MOST_COST);
        StoredHash.bound(
                "length", fields[3].length(), SALT_CHARACTERS + DIGEST_CHARACTERS, SALT_CHARACTERS + DIGEST_CHARACTERS);
        return new BcryptHash(
                cost,
                decode(fields[3].substring(0, SALT_CHARACTERS), SALT_BYTES),
                decode(fields[3].substring(SALT_CHARACTERS), DIGEST_BYTES));
    }

    /** Whether bcrypt ignores the end of this password. What was typed there is unproven, so it must not be hashed anew. */
    static boolean isCut(byte[] password) {
        return password.length > MOST_PASSWORD_BYTES;
    }

    @Override
    public boolean matches(byte[] password, Argon2Function argon2) {
        // Shorter passwords are hashed with their C terminator.
        byte[] input = Arrays.copyOf(password, Math.min(password.length + 1, MOST_PASSWORD_BYTES));
        byte[] computed = Arrays.copyOf(BCrypt.generate(input, salt, cost), DIGEST_BYTES);
        Arrays.fill(input, (byte) 0);
        return MessageDigest.isEqual(digest, computed);
    }

    private static byte[] decode(String text, int length) {
        byte[] bytes = new byte[length];
        int bits = 0;
        int held = 0;
        int at = 0;
        for (int i = 0; i < text.length(); i++) {
            int value = ALPHABET.indexOf(text.charAt(i));
            if (value < 0) {
                throw new IllegalArgumentException("not bcrypt's alphabet");
            }
            bits = (bits << 6) | value;
            held += 6;
            if (held >= 8 && at < length) {
                held -= 8;
                bytes[at++] = (byte) (bits >>> held);
            }
        }
        return bytes;
    }
}
