package dev.latchkey.key;

import java.util.List;

/**
 * How a reseal went.
 *
 * @param keyId the master key that seals now
 * @param moved whether the database was moved to it just now
 * @param sealed values sealed anew
 * @param left values under other keys that are still there
 * @param former the ids of former keys that sealed values no longer need; empty while some are left
 */
public record ResealReport(String keyId, boolean moved, long sealed, long left, List<String> former) {
    /** Told after each batch. */
    @FunctionalInterface
    public interface Progress {
        void sealed(long done, long all);
    }
}
