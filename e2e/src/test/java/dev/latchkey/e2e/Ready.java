package dev.latchkey.e2e;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what happens in another process, and gives up. */
final class Ready {
    private static final long PAUSE_MILLISECONDS = 50;

    private Ready() {}

    /**
     * @param what is named where it does not come true
     * @throws IllegalStateException after {@code most}
     */
    static void await(Duration most, Supplier<String> what, BooleanSupplier condition) {
        long end = System.nanoTime() + most.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("waited " + most.toSeconds() + " s for " + what.get());
            }
            try {
                Thread.sleep(PAUSE_MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for " + what.get(), e);
            }
        }
    }
}
