package dev.latchkey.password;

import java.time.Duration;

/**
 * What hashes of these parameters took on this machine.
 *
 * @param alone one hash with nothing beside it
 * @param busy one hash while every hashing thread computes one
 * @param perSecond hashes a second, all threads together
 */
public record Argon2Cost(Argon2Parameters parameters, Duration alone, Duration busy, double perSecond) {
    /** Memory held while all of {@code threads} hash, in MiB. */
    public long memoryMib(int threads) {
        return (long) parameters.memoryKib() * threads / 1024;
    }
}
