package dev.latchkey.password;

/**
 * What one Argon2id hash costs (RFC 9106 section 3.1).
 *
 * @param memoryKib memory held while one hash runs, in KiB
 * @param iterations passes over that memory
 * @param parallelism lanes, each a native thread while the hash runs
 * @param saltBytes random bytes per hash
 */
public record Argon2Parameters(int memoryKib, int iterations, int parallelism, int saltBytes) {
    static final int DIGEST_BYTES = 32;

    /** 19 MiB, two passes, one lane: about 20 ms on a current core. */
    public static final Argon2Parameters STANDARD = new Argon2Parameters(19_456, 2, 1, 16);

    /** 64 MiB, three passes, four lanes. */
    public static final Argon2Parameters STRICT = new Argon2Parameters(65_536, 3, 4, 32);

    private static final int LEAST_MEMORY_KIB = 7_168;
    private static final long LEAST_WORK = 5L * LEAST_MEMORY_KIB;

    /** Whether a hash that cost this much can be verified again: what imported hashes may cost bounds our own too. */
    boolean isWithinBounds() {
        return (long) memoryKib * iterations <= Argon2Hash.MOST_WORK;
    }

    /** Whether this costs an attacker at least what OWASP's weakest recommended setting does (7 MiB, five passes). */
    public boolean meetsFloor() {
        return memoryKib >= LEAST_MEMORY_KIB && (long) memoryKib * iterations >= LEAST_WORK;
    }
}
