package dev.latchkey.password;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds the Argon2id parameters that take a given time on this machine, with as many hashes at a time as the server computes.
 * Memory comes before passes: it is what makes attacks on graphics cards dear. One lane, because the pool uses the cores already.
 */
public final class CalibrationService {
    private static final int KIB_PER_MIB = 1024;
    private static final List<Integer> MEMORY_MIB = List.of(19, 32, 46, 64, 96, 128, 192, 256);
    private static final int LEAST_ITERATIONS = 2;
    private static final int MOST_ITERATIONS = 10;

    private final PasswordConfig config;
    private final int threads;
    private final long mostMemoryMib;
    private final Function<Argon2Parameters, Argon2Cost> measure;

    /** @param mostMemoryMib what all hashing threads together may hold */
    public CalibrationService(PasswordConfig config, long mostMemoryMib) {
        this(config, mostMemoryMib, new Argon2Measure(config.hashing().threads()));
    }

    CalibrationService(PasswordConfig config, long mostMemoryMib, Function<Argon2Parameters, Argon2Cost> measure) {
        this.config = config;
        this.threads = config.hashing().threads();
        this.mostMemoryMib = mostMemoryMib;
        this.measure = measure;
    }

    /** What a hash costs as it is configured now. */
    public Argon2Cost inForce() {
        return measure.apply(config.argon2());
    }

    /** @param target how long one hash may take while every thread computes one */
    public Calibration run(Duration target, Calibration.Progress progress) {
        List<Integer> levels = MEMORY_MIB.stream()
                .filter(mib -> (long) mib * threads <= mostMemoryMib || mib.equals(MEMORY_MIB.getFirst()))
                .toList();
        int all = levels.size() + 1;
        Argon2Cost inForce = measure.apply(config.argon2());
        progress.measured(1, all);
        List<Argon2Cost> measured = new ArrayList<>();
        Optional<Argon2Cost> chosen = Optional.empty();
        for (int mib : levels) {
            Argon2Cost least = measure.apply(parameters(mib, LEAST_ITERATIONS));
            Argon2Cost best = stretched(least, target);
            measured.add(best);
            progress.measured(measured.size() + 1, all);
            if (best.busy().compareTo(target) > 0) {
                break;
            }
            chosen = Optional.of(best);
        }
        return new Calibration(
                PasswordService.argon2().name(),
                threads,
                inForce,
                measured,
                chosen.orElse(measured.getFirst()),
                chosen.isPresent());
    }

    /** The same memory with as many passes as the target leaves time for. */
    private Argon2Cost stretched(Argon2Cost least, Duration target) {
        int memory = least.parameters().memoryKib();
        double perPass = (double) least.busy().toNanos() / LEAST_ITERATIONS;
        int fitting = (int) Math.min(MOST_ITERATIONS, target.toNanos() / perPass);
        int bounded = (int) Math.min(fitting, Argon2Hash.MOST_WORK / memory);
        for (int iterations = bounded; iterations > LEAST_ITERATIONS; iterations--) {
            Argon2Cost more = measure.apply(parameters(memory / KIB_PER_MIB, iterations));
            if (more.busy().compareTo(target) <= 0) {
                return more;
            }
        }
        return least;
    }

    private static Argon2Parameters parameters(int mib, int iterations) {
        return new Argon2Parameters(mib * KIB_PER_MIB, iterations, 1, Argon2Parameters.STANDARD.saltBytes());
    }
}
