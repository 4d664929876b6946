package dev.latchkey.bench;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.IntFunction;

/** How often something can be done in a second. */
final class Rate {
    static volatile Object last;

    private Rate() {}

    /** On all processors, after as long again for the compiler. */
    static double warm(double seconds, IntFunction<Callable<?>> operations) throws Exception {
        int threads = Runtime.getRuntime().availableProcessors();
        of(threads, seconds, operations);
        return of(threads, seconds, operations);
    }

    /** @param operations makes each thread's operation */
    static double of(int threads, double seconds, IntFunction<Callable<?>> operations) throws Exception {
        DoubleAdder sum = new DoubleAdder();
        AtomicReference<Exception> failure = new AtomicReference<>();
        Thread[] running = new Thread[threads];
        for (int i = 0; i < threads; i++) {
            Callable<?> operation = operations.apply(i);
            running[i] = Thread.ofPlatform().start(() -> {
                try {
                    sum.add(rate(seconds, operation));
                } catch (Exception e) {
                    failure.set(e);
                }
            });
        }
        for (Thread thread : running) {
            thread.join();
        }
        if (failure.get() != null) {
            throw failure.get();
        }
        return sum.sum();
    }

    private static double rate(double seconds, Callable<?> operation) throws Exception {
        long begin = System.nanoTime();
        long end = begin + (long) (seconds * 1e9);
        long done = 0;
        long now;
        do {
            last = operation.call();
            done++;
            now = System.nanoTime();
        } while (now < end);
        return done * 1e9 / (now - begin);
    }
}
