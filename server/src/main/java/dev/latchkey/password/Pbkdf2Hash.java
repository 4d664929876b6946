package dev.latchkey.password;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Locale;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * An imported PBKDF2 hash (RFC 8018 section 5.2) in PHC form ({@code $pbkdf2-sha256$i=600000$salt$digest}), as passlib writes it
 * ({@code $pbkdf2-sha256$29000$salt$digest}), as Django does ({@code pbkdf2_sha256$600000$salt$digest}, salt as plain text), as
 * Werkzeug does ({@code pbkdf2:sha256:600000$salt$digest}, digest in hexadecimal) or as version 3 of ASP.NET Identity does (Base64
 * of a byte 1, function, iterations and salt length as four bytes each, salt, digest).
 */
record Pbkdf2Hash(String function, int iterations, byte[] salt, byte[] digest) implements StoredHash {
    private static final int MOST_ITERATIONS = 2_000_000;
    private static final byte IDENTITY_VERSION = 1;
    private static final int IDENTITY_HEADER = 13;

    Pbkdf2Hash {
        StoredHash.bound("iterations", iterations, 1, MOST_ITERATIONS);
        StoredHash.bound("salt", salt.length, 1, MOST_SALT_BYTES);
        StoredHash.bound("digest", digest.length, LEAST_DIGEST_BYTES, MOST_DIGEST_BYTES);
    }

    static Pbkdf2Hash parse(String text) {
        if (text.startsWith("pbkdf2:")) {
            return werkzeug(text);
        }
        if (text.startsWith("pbkdf2_")) {
            String[] fields = HashText.fields(text, 4);
            return new Pbkdf2Hash(
                    function(fields[0].substring("pbkdf2_".length())),
                    HashText.number(fields[1]),
                    fields[2].getBytes(StandardCharsets.UTF_8),
                    HashText.bytes(fields[3]));
        }
        String[] fields = HashText.fields(text, 5);
        // A bare $pbkdf2$ is passlib's name for SHA-1.
        String digestName = fields[1].equals("pbkdf2") ? "sha1" : fields[1].substring("pbkdf2-".length());
        String iterations = fields[2].startsWith("i=") ? fields[2].substring(2) : fields[2];
        return new Pbkdf2Hash(
                function(digestName),
                HashText.number(iterations),
                HashText.bytes(fields[3]),
                HashText.bytes(fields[4]));
    }

    private static Pbkdf2Hash werkzeug(String text) {
        String[] fields = HashText.fields(text, 3);
        String[] cost = fields[0].split(":", -1);
        if (cost.length != 3) {
            throw new IllegalArgumentException("a hash of this kind has two parameters");
        }
        return new Pbkdf2Hash(
                function(cost[1]),
                HashText.number(cost[2]),
                fields[1].getBytes(StandardCharsets.UTF_8),
                HashText.hex(fields[2]));
    }

    static Pbkdf2Hash parseIdentity(String text) {
        ByteBuffer bytes = ByteBuffer.wrap(HashText.bytes(HashText.fields(text, 1)[0]));
        if (bytes.remaining() < IDENTITY_HEADER || bytes.get() != IDENTITY_VERSION) {
            throw new IllegalArgumentException("unknown form of ASP.NET Identity");
        }
        String function = switch (bytes.getInt()) {
            case 0 -> function("sha1");
            case 1 -> function("sha256");
            case 2 -> function("sha512");
            default -> throw new IllegalArgumentException("unknown PBKDF2 digest");
        };
        int iterations = bytes.getInt();
        int saltBytes = bytes.getInt();
        StoredHash.bound("salt", saltBytes, 1, Math.min(MOST_SALT_BYTES, bytes.remaining()));
        byte[] salt = new byte[saltBytes];
        bytes.get(salt);
        byte[] digest = new byte[bytes.remaining()];
        bytes.get(digest);
        return new Pbkdf2Hash(function, iterations, salt, digest);
    }

    @Override
    public boolean matches(byte[] password, Argon2Function argon2) {
        char[] characters = new String(password, StandardCharsets.UTF_8).toCharArray();
        PBEKeySpec work = new PBEKeySpec(characters, salt, iterations, digest.length * Byte.SIZE);
        try {
            byte[] computed =
                    SecretKeyFactory.getInstance(function).generateSecret(work).getEncoded();
            return MessageDigest.isEqual(digest, computed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has " + function, e);
        } finally {
            work.clearPassword();
        }
    }

    private static String function(String digestName) {
        return switch (digestName.toLowerCase(Locale.ROOT)) {
            case "sha1" -> "PBKDF2WithHmacSHA1";
            case "sha256" -> "PBKDF2WithHmacSHA256";
            case "sha512" -> "PBKDF2WithHmacSHA512";
            default -> throw new IllegalArgumentException("unknown PBKDF2 digest");
        };
    }
}
