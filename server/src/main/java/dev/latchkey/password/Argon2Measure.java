package dev.latchkey.password;

import dev.latchkey.core.ClientAddress;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Times hashes on a pool like the server's: first one by one, then on all of its threads at once. */
final class Argon2Measure implements Function<Argon2Parameters, Argon2Cost> {
    private static final ClientAddress HERE = new ClientAddress(InetAddress.getLoopbackAddress());
    private static final byte[] PASSWORD = "plum-Harbour-42-kite".getBytes(StandardCharsets.UTF_8);
    private static final int ROUNDS = 3;
    private static final long LEAST_NANOS = Duration.ofMillis(200).toNanos();

    private final int threads;

    Argon2Measure(int threads) {
        this.threads = threads;
    }

    @Override
    public Argon2Cost apply(Argon2Parameters parameters) {
        PasswordConfig.Hashing bounds = new PasswordConfig.Hashing(threads, threads, threads, Duration.ofMinutes(5));
        try (HashingPool pool =
                        new HashingPool(bounds, Duration.ofSeconds(10), HashingPriority::lower, NativeMemory::release);
                ExecutorService callers = Executors.newFixedThreadPool(threads)) {
            // The first of each thread also fetches its memory from the system.
            together(pool, callers, parameters, 1);
            long alone = middle(series(pool, parameters, ROUNDS));
            int rounds = (int) Math.max(ROUNDS, LEAST_NANOS / Math.max(1, alone));
            long start = System.nanoTime();
            List<Long> busy = together(pool, callers, parameters, rounds);
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Argon2Cost(
                    parameters, Duration.ofNanos(alone), Duration.ofNanos(middle(busy)), busy.size() / seconds);
        }
    }

    private List<Long> together(HashingPool pool, ExecutorService callers, Argon2Parameters parameters, int rounds) {
        List<Future<List<Long>>> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            running.add(callers.submit(() -> series(pool, parameters, rounds)));
        }
        List<Long> all = new ArrayList<>();
        for (Future<List<Long>> one : running) {
            all.addAll(joined(one));
        }
        return all;
    }

    private static List<Long> series(HashingPool pool, Argon2Parameters parameters, int rounds) {
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            nanos.add(pool.run(HERE, () -> timed(parameters)));
        }
        return nanos;
    }

    private static long timed(Argon2Parameters parameters) {
        Argon2Hash blank = Argon2Hash.blank(parameters, new byte[parameters.saltBytes()]);
        long start = System.nanoTime();
        PasswordService.argon2().digest(blank, PASSWORD);
        return System.nanoTime() - start;
    }

    private static long middle(List<Long> nanos) {
        List<Long> sorted = nanos.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static <T> T joined(Future<T> running) {
        try {
            return running.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a hash failed while measuring", e.getCause());
        }
    }
}
