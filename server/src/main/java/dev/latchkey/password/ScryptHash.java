package dev.latchkey.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.bouncycastle.crypto.generators.SCrypt;

/**
 * An imported scrypt hash in PHC form ({@code $scrypt$ln=16,r=8,p=1$salt$digest}) or as Werkzeug writes it
 * ({@code scrypt:32768:8:1$salt$digest}, salt as plain text, digest in hexadecimal).
 */
record ScryptHash(int logCost, int blockSize, int parallelism, byte[] salt, byte[] digest) implements StoredHash {
    private static final int MOST_LOG_COST = 20;
    private static final int MOST_BLOCK_SIZE = 64;
    private static final int MOST_PARALLELISM = 16;
    private static final long MOST_MEMORY = 128L * 1024 * 1024;
    private static final long MOST_WORK = 4 * MOST_MEMORY;

    // Its memory is on the Java heap, so at most one such hash runs in the whole process.
    private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();

    ScryptHash {
        StoredHash.bound("ln", logCost, 1, MOST_LOG_COST);
        StoredHash.bound("r", blockSize, 1, MOST_BLOCK_SIZE);
        StoredHash.bound("p", parallelism, 1, MOST_PARALLELISM);
        long memory = (128L * blockSize) << logCost;
        StoredHash.bound("memory", memory, 1, MOST_MEMORY);
        StoredHash.bound("work", memory * parallelism, 1, MOST_WORK);
        StoredHash.bound("salt", salt.length, 1, MOST_SALT_BYTES);
        StoredHash.bound("digest", digest.length, LEAST_DIGEST_BYTES, MOST_DIGEST_BYTES);
    }

    static ScryptHash parse(String text) {
        if (text.startsWith("scrypt:")) {
            return werkzeug(text);
        }
        String[] fields = HashText.fields(text, 5);
        Map<String, Integer> cost = HashText.numbers(fields[2]);
        return new ScryptHash(
                HashText.number(cost, "ln"),
                HashText.number(cost, "r"),
                HashText.number(cost, "p"),
                HashText.bytes(fields[3]),
                HashText.bytes(fields[4]));
    }

    private static ScryptHash werkzeug(String text) {
        String[] fields = HashText.fields(text, 3);
        String[] cost = fields[0].split(":", -1);
        if (cost.length != 4) {
            throw new IllegalArgumentException("a hash of this kind has three parameters");
        }
        int iterations = HashText.number(cost[1]);
        if (Integer.bitCount(iterations) != 1) {
            throw new IllegalArgumentException("its cost is no power of two");
        }
        return new ScryptHash(
                Integer.numberOfTrailingZeros(iterations),
                HashText.number(cost[2]),
                HashText.number(cost[3]),
                fields[1].getBytes(StandardCharsets.UTF_8),
                HashText.hex(fields[2]));
    }

    @Override
    public boolean matches(byte[] password, Argon2Function argon2) {
        return MessageDigest.isEqual(digest, derived(password));
    }

    /** As many bytes as the digest has. */
    byte[] derived(byte[] password) {
        ONE_AT_A_TIME.lock();
        try {
            return SCrypt.generate(password, salt, 1 << logCost, blockSize, parallelism, digest.length);
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }
}
