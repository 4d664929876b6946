package dev.latchkey.password;

import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.bouncycastle.crypto.generators.SCrypt;

/** An imported scrypt hash in PHC form: {@code $scrypt$ln=16,r=8,p=1$salt$digest}. */
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
        String[] fields = HashText.fields(text, 5);
        Map<String, Integer> cost = HashText.numbers(fields[2]);
        return new ScryptHash(
                HashText.number(cost, "ln"),
                HashText.number(cost, "r"),
                HashText.number(cost, "p"),
                HashText.bytes(fields[3]),
                HashText.bytes(fields[4]));
    }

    @Override
    public boolean matches(byte[] password, Argon2Function argon2) {
        ONE_AT_A_TIME.lock();
        try {
            byte[] computed = SCrypt.generate(password, salt, 1 << logCost, blockSize, parallelism, digest.length);
            return MessageDigest.isEqual(digest, computed);
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }
}
