package dev.latchkey.bench;

import de.mkammerer.argon2.Argon2Advanced;
import de.mkammerer.argon2.Argon2Factory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Prints the faster library for Argon2id and its hashes a second on all processors. Arguments: seconds in all. */
final class RawHashes {
    private static final byte[] PASSWORD = People.PASSWORD.getBytes(StandardCharsets.UTF_8);
    private static final byte[] SALT = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int MEMORY_KIB = 19_456;
    private static final int ITERATIONS = 2;

    private RawHashes() {}

    public static void main(String[] arguments) throws Exception {
        double seconds = Double.parseDouble(arguments[0]);
        int threads = Runtime.getRuntime().availableProcessors();
        Argon2Advanced reference = Argon2Factory.createAdvanced(Argon2Factory.Argon2Types.ARGON2id);
        Callable<byte[]> nativeHash = () -> reference.rawHash(ITERATIONS, MEMORY_KIB, 1, PASSWORD, SALT);
        Callable<byte[]> javaHash = RawHashes::bouncyCastle;
        if (!Arrays.equals(nativeHash.call(), javaHash.call())) {
            throw new IllegalStateException("the libraries disagree");
        }
        Rate.of(threads, seconds / 8, thread -> nativeHash);
        Rate.of(threads, seconds / 4, thread -> javaHash);
        double nativeRate = Rate.of(threads, seconds / 4, thread -> nativeHash);
        double javaRate = Rate.of(threads, seconds / 4, thread -> javaHash);
        System.out.println(nativeRate > javaRate ? "argon2-jvm " + nativeRate : "BouncyCastle " + javaRate);
    }

    private static byte[] bouncyCastle() {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(MEMORY_KIB)
                .withIterations(ITERATIONS)
                .withParallelism(1)
                .withSalt(SALT)
                .build());
        byte[] hash = new byte[32];
        generator.generateBytes(PASSWORD, hash);
        return hash;
    }
}
