package dev.latchkey.crypto;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * UUIDv7 that no two calls and no two processes share, for what is made too often to ask the system for randomness each time.
 * Whoever has seen some can tell the next ones: nothing may rest on their not being guessed.
 */
public final class DistinctIds {
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private final long firstSeed;
    private final long secondSeed;
    private final AtomicLong made = new AtomicLong();
    private final Clock clock;

    public DistinctIds(Secrets secrets, Clock clock) {
        ByteBuffer seeds = ByteBuffer.wrap(secrets.bytes(2 * Long.BYTES));
        this.firstSeed = seeds.getLong();
        this.secondSeed = seeds.getLong();
        this.clock = clock;
    }

    /** As {@link Secrets#uuid}, but not from the system's randomness. */
    public String uuid() {
        long count = made.getAndIncrement() * STEP;
        return Secrets.uuid(clock.millis(), mixed(firstSeed + count), mixed(secondSeed + count));
    }

    /** SplitMix64's finalizer: one to one, and every bit of the result hangs on every bit of the input. */
    private static long mixed(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
