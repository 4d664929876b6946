package dev.latchkey.password;

import java.util.Optional;

/**
 * A password hash as stored, ours or imported. Parsing bounds what verifying may cost, so that a hostile import can neither
 * exhaust memory nor hold a hashing thread for minutes.
 */
sealed interface StoredHash permits Argon2Hash, BcryptHash, ScryptHash, FirebaseHash, Pbkdf2Hash {
    int LEAST_DIGEST_BYTES = 16;
    int MOST_DIGEST_BYTES = 128;
    int MOST_SALT_BYTES = 128;

    String DJANGO_ARGON2 = "argon2$argon2";
    String DJANGO_BCRYPT = "bcrypt$";

    /**
     * Whether this is the hash of {@code password}, computed as its origin did. Compares in constant time.
     *
     * @param password UTF-8, not empty
     * @param argon2 the Argon2 implementation at hand
     */
    boolean matches(byte[] password, Argon2Function argon2);

    /** The hash in {@code text}, or empty where its scheme is unknown, its form broken or its cost out of bounds. */
    static Optional<StoredHash> parse(String text) {
        try {
            return Optional.of(read(text));
        } catch (IllegalArgumentException notAHash) {
            return Optional.empty();
        }
    }

    /** Why {@link #parse} answers nothing, without repeating the hash; empty where it does. */
    static Optional<String> complaint(String text) {
        try {
            read(text);
            return Optional.empty();
        } catch (NumberFormatException notANumber) {
            return Optional.of("one of its parameters is not a number in range");
        } catch (IllegalArgumentException notAHash) {
            return Optional.of(String.valueOf(notAHash.getMessage()));
        }
    }

    private static StoredHash read(String text) {
        if (text.startsWith("$argon2")) {
            return Argon2Hash.parse(text);
        }
        if (text.startsWith(DJANGO_ARGON2)) {
            return Argon2Hash.parse(text.substring(DJANGO_ARGON2.length() - "$argon2".length()));
        }
        if (text.startsWith("$2")) {
            return BcryptHash.parse(text);
        }
        if (text.startsWith(DJANGO_BCRYPT)) {
            return BcryptHash.parse(text.substring(DJANGO_BCRYPT.length()));
        }
        if (text.startsWith("$scrypt$") || text.startsWith("scrypt:")) {
            return ScryptHash.parse(text);
        }
        if (text.startsWith("$firebase-scrypt$")) {
            return FirebaseHash.parse(text);
        }
        if (text.startsWith("$pbkdf2") || text.startsWith("pbkdf2_") || text.startsWith("pbkdf2:")) {
            return Pbkdf2Hash.parse(text);
        }
        if (text.startsWith("AQAAAA")) {
            return Pbkdf2Hash.parseIdentity(text);
        }
        throw new IllegalArgumentException("its scheme is not known");
    }

    /** Refuses a hash whose {@code value} is out of bounds. */
    static void bound(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " " + value + " is not within " + least + " to " + most);
        }
    }
}
