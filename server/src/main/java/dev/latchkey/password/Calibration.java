package dev.latchkey.password;

import java.util.List;

/**
 * The outcome of a calibration.
 *
 * @param implementation {@code native} or {@code java}
 * @param threads hashes at a time
 * @param inForce what is configured now
 * @param measured candidates, least memory first
 * @param chosen the costliest candidate within the target, or the least that may be where none is
 * @param withinTarget whether {@code chosen} is
 */
public record Calibration(
        String implementation,
        int threads,
        Argon2Cost inForce,
        List<Argon2Cost> measured,
        Argon2Cost chosen,
        boolean withinTarget) {
    public Calibration {
        measured = List.copyOf(measured);
    }

    /** Told after each measurement. */
    @FunctionalInterface
    public interface Progress {
        void measured(int done, int all);
    }
}
