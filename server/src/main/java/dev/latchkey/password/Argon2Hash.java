package dev.latchkey.password;

import java.security.MessageDigest;
import java.util.Map;

/** An Argon2 hash in PHC form: {@code $argon2id$v=19$m=19456,t=2,p=1$salt$digest}. */
record Argon2Hash(
        Argon2Type type, int version, int memoryKib, int iterations, int parallelism, byte[] salt, byte[] digest)
        implements StoredHash {
    static final int VERSION = 0x13;

    private static final int FIRST_VERSION = 0x10;
    // The most that libsodium's presets for interactive and moderate use ask for.
    static final int MOST_MEMORY_KIB = 262_144;
    private static final int MOST_ITERATIONS = 32;
    private static final int MOST_PARALLELISM = 16;
    static final long MOST_WORK = 4L * MOST_MEMORY_KIB;
    private static final int LEAST_SALT_BYTES = 8;

    Argon2Hash {
        if (version != VERSION && version != FIRST_VERSION) {
            throw new IllegalArgumentException("unknown Argon2 version");
        }
        StoredHash.bound("parallelism", parallelism, 1, MOST_PARALLELISM);
        StoredHash.bound("memory", memoryKib, 8L * parallelism, MOST_MEMORY_KIB);
        StoredHash.bound("iterations", iterations, 1, MOST_ITERATIONS);
        StoredHash.bound("work", (long) memoryKib * iterations, 1, MOST_WORK);
        StoredHash.bound("salt", salt.length, LEAST_SALT_BYTES, MOST_SALT_BYTES);
        StoredHash.bound("digest", digest.length, LEAST_DIGEST_BYTES, MOST_DIGEST_BYTES);
    }

    /** The shape of a hash to be computed with {@code cost}; its digest is still zeros. */
    static Argon2Hash blank(Argon2Parameters cost, byte[] salt) {
        return new Argon2Hash(
                Argon2Type.ID,
                VERSION,
                cost.memoryKib(),
                cost.iterations(),
                cost.parallelism(),
                salt,
                new byte[Argon2Parameters.DIGEST_BYTES]);
    }

    static Argon2Hash parse(String text) {
        // Hashes of version 0x10 were written without a version field.
        boolean versioned = text.contains("$v=");
        String[] fields = HashText.fields(text, versioned ? 6 : 5);
        Argon2Type type = Argon2Type.labelled(fields[1])
                .orElseThrow(() -> new IllegalArgumentException("unknown Argon2 variant"));
        int version = versioned ? HashText.number(HashText.numbers(fields[2]), "v") : FIRST_VERSION;
        int next = versioned ? 3 : 2;
        Map<String, Integer> cost = HashText.numbers(fields[next]);
        return new Argon2Hash(
                type,
                version,
                HashText.number(cost, "m"),
                HashText.number(cost, "t"),
                HashText.number(cost, "p"),
                HashText.bytes(fields[next + 1]),
                HashText.bytes(fields[next + 2]));
    }

    Argon2Hash withDigest(byte[] computed) {
        return new Argon2Hash(type, version, memoryKib, iterations, parallelism, salt, computed);
    }

    /** Whether a new hash would be made the same way. */
    boolean isCurrent(Argon2Parameters current) {
        return type == Argon2Type.ID
                && version == VERSION
                && memoryKib == current.memoryKib()
                && iterations == current.iterations()
                && parallelism == current.parallelism()
                && salt.length >= current.saltBytes()
                && digest.length == Argon2Parameters.DIGEST_BYTES;
    }

    @Override
    public boolean matches(byte[] password, Argon2Function argon2) {
        return MessageDigest.isEqual(digest, argon2.digest(this, password));
    }

    String text() {
        return "$" + type.label() + "$v=" + version + "$m=" + memoryKib + ",t=" + iterations + ",p=" + parallelism + "$"
                + HashText.base64(salt) + "$" + HashText.base64(digest);
    }
}
