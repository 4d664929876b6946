package dev.latchkey.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.ClientAddress;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Eventually;
import dev.latchkey.core.Problem;
import dev.latchkey.db.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(60)
class HashingPoolTest {
    private static final Duration FOREVER = Duration.ofMinutes(5);

    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<Integer>> blockers = new ArrayList<>();
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void stop() throws Exception {
        release.countDown();
        callers.close();
        for (Future<Integer> blocker : blockers) {
            assertThat(blocker.get()).isZero();
        }
    }

    @Test
    @DisplayName(
            "500 callers on a 2-slot pool: at most 2 hashes at a time, the queue stays bounded, the rest get 503 at once")
    void boundsFiveHundred() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger peak = new AtomicInteger();
        try (HashingPool pool = pool(2, 100, 2, FOREVER)) {
            List<Future<Integer>> results = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                ClientAddress from = Addresses.number(i);
                results.add(callers.submit(() -> pool.run(from, () -> {
                    peak.accumulateAndGet(now.incrementAndGet(), Math::max);
                    await(release);
                    return now.decrementAndGet();
                })));
            }
            // Nobody is released yet, so whoever has an answer was refused.
            Eventually.holds(() -> results.stream().filter(Future::isDone).count() == 398);
            // A thread that was given its work may not have begun it yet.
            Eventually.holds(() -> now.get() == 2);
            assertThat(pool.running()).isEqualTo(2);
            assertThat(pool.waiting()).isEqualTo(100);
            assertThat(pool.refused()).isEqualTo(398);
            for (Future<Integer> refused :
                    results.stream().filter(Future::isDone).toList()) {
                Problem problem = problemOf(refused);
                assertThat(problem.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
                assertThat(problem.retryAfter().orElseThrow()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
            }
            release.countDown();
            Eventually.holds(() -> results.stream().allMatch(Future::isDone));
            assertThat(results.stream().filter(result -> result.state() == Future.State.SUCCESS))
                    .hasSize(102);
            assertThat(peak.get()).isEqualTo(2);
            Eventually.holds(() -> pool.running() == 0);
            assertThat(pool.waiting()).isZero();
        }
    }

    @Test
    @DisplayName("one address, or one IPv6 /64, has at most 2 callers waiting; others still get in")
    void boundsPerAddress() {
        try (HashingPool pool = pool(1, 100, 2, FOREVER)) {
            block(pool, Addresses.of("2001:db8:0:1::1"));
            Eventually.holds(() -> pool.running() == 1);
            block(pool, Addresses.of("2001:db8:0:1::2"));
            block(pool, Addresses.of("2001:db8:0:1:ffff::3"));
            Eventually.holds(() -> pool.waiting() == 2);
            assertThatThrownBy(() -> pool.run(Addresses.of("2001:db8:0:1::4"), () -> 1))
                    .isInstanceOf(Problem.class);
            Future<Integer> other = blocked(pool, Addresses.of("2001:db8:0:2::1"));
            Eventually.holds(() -> pool.waiting() == 3);
            release.countDown();
            Eventually.holds(other::isDone);
            assertThat(pool.run(Addresses.of("2001:db8:0:1::4"), () -> 4)).isEqualTo(4);
        }
    }

    @Test
    @DisplayName("a place that is taken counts before its hash begins, and is free again when it was not used")
    void boundsThePlaces() {
        try (HashingPool pool = pool(1, 1, 1, FOREVER)) {
            HashingPlace first = pool.reserve(Addresses.number(1));
            HashingPlace second = pool.reserve(Addresses.number(2));
            assertThatThrownBy(() -> pool.reserve(Addresses.number(3))).isInstanceOf(Problem.class);
            second.close();
            second.close();
            HashingPlace third = pool.reserve(Addresses.number(3));
            assertThatThrownBy(() -> pool.run(Addresses.number(4), () -> 4)).isInstanceOf(Problem.class);

            assertThat(pool.run(first, () -> 1)).isOne();

            first.close();
            Eventually.holds(() -> pool.running() == 0);
            assertThatThrownBy(() -> pool.run(first, () -> 1)).isInstanceOf(IllegalStateException.class);
            third.close();
            assertThat(pool.run(Addresses.number(5), () -> 5)).isEqualTo(5);
            assertThat(pool.refused()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("a place is somebody else's while its holder waits for something else, and is taken again after")
    void lendsThePlace() {
        try (HashingPool pool = pool(1, 0, 1, FOREVER)) {
            HashingPlace first = pool.reserve(Addresses.number(1));
            assertThat(pool.waiting()).isOne();

            String answer = first.without(() -> {
                assertThat(pool.waiting()).isZero();
                pool.reserve(Addresses.number(2)).close();
                return "answer";
            });

            assertThat(answer).isEqualTo("answer");
            assertThat(pool.run(first, () -> 1)).isOne();
            Eventually.holds(() -> pool.running() == 0);
        }
    }

    @Test
    @DisplayName("who comes back when the line is full is refused; a failure meanwhile leaves no place behind")
    void lendsWhatMayNotComeBack() {
        try (HashingPool pool = pool(1, 0, 1, FOREVER)) {
            HashingPlace first = pool.reserve(Addresses.number(1));
            AtomicReference<HashingPlace> second = new AtomicReference<>();
            assertThatThrownBy(() -> first.without(() -> {
                        second.set(pool.reserve(Addresses.number(2)));
                        return 1;
                    }))
                    .isInstanceOf(Problem.class);
            first.close();
            assertThat(pool.waiting()).as("the second's").isOne();
            assertThatThrownBy(() -> second.get().without(() -> {
                        throw new IllegalStateException("meanwhile");
                    }))
                    .hasMessage("meanwhile");
            assertThat(pool.waiting()).isZero();
        }
    }

    @Test
    @DisplayName("a thread that cannot set itself up, or tidy up, hashes all the same")
    void survivesItsSurroundings() {
        try (HashingPool pool = new HashingPool(
                new PasswordConfig.Hashing(1, 10, 2, FOREVER),
                Duration.ofMillis(1),
                () -> {
                    throw new NoClassDefFoundError("begin");
                },
                () -> {
                    throw new IllegalStateException("end");
                })) {
            for (int i = 0; i < 5; i++) {
                int number = i;
                assertThat(pool.run(Addresses.number(i), () -> number)).isEqualTo(i);
            }
        }
    }

    @Test
    @DisplayName("where the native libraries do not load, hashing goes on in Java, on every thread")
    void withoutNativeLibraries() throws Exception {
        Process child = ChildJvm.start(HashingWithoutNative.class);
        try {
            assertThat(child.inputReader().lines()).contains(HashingWithoutNative.DONE);
            assertThat(child.waitFor()).isZero();
        } finally {
            child.destroyForcibly();
        }
    }

    @Test
    @DisplayName("who waits too long is refused and leaves the queue")
    void boundsTheWait() {
        try (HashingPool pool = pool(1, 10, 2, Duration.ofMillis(20))) {
            block(pool, Addresses.number(1));
            Eventually.holds(() -> pool.running() == 1);
            assertThatThrownBy(() -> pool.run(Addresses.number(2), () -> 2)).isInstanceOf(Problem.class);
            assertThat(pool.waiting()).isZero();
            assertThat(pool.refused()).isEqualTo(1);
        } finally {
            release.countDown();
        }
    }

    @Test
    @DisplayName("a failing job fails its caller alone")
    void passesFailuresOn() {
        try (HashingPool pool = pool(1, 10, 2, FOREVER)) {
            assertThatThrownBy(() -> pool.run(Addresses.number(1), () -> {
                        throw new IllegalStateException("broken");
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("broken");
            assertThatThrownBy(() -> pool.run(Addresses.number(1), () -> {
                        throw new OutOfMemoryError("planted");
                    }))
                    .isInstanceOf(OutOfMemoryError.class);
            assertThat(pool.run(Addresses.number(1), () -> 1)).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("closing refuses those who wait and lets the running hash finish")
    void closes() throws Exception {
        HashingPool pool = pool(1, 10, 2, FOREVER);
        Future<Integer> running = blocked(pool, Addresses.number(1));
        Eventually.holds(() -> pool.running() == 1);
        Future<Integer> waiting = blocked(pool, Addresses.number(2));
        Eventually.holds(() -> pool.waiting() == 1);
        Future<?> closing = callers.submit(pool::close);
        Eventually.holds(waiting::isDone);
        assertThat(problemOf(waiting).code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
        release.countDown();
        closing.get();
        assertThat(running.get()).isZero();
        assertThatThrownBy(() -> pool.run(Addresses.number(3), () -> 3)).isInstanceOf(Problem.class);
    }

    @Test
    @DisplayName("an idle worker ends, giving its memory back, and the next hash starts another")
    void idleWorkersEnd() throws Exception {
        CountDownLatch ended = new CountDownLatch(2);
        try (HashingPool pool = new HashingPool(
                new PasswordConfig.Hashing(1, 10, 2, FOREVER), Duration.ofMillis(1), () -> {}, ended::countDown)) {
            assertThat(pool.run(Addresses.number(1), () -> 1)).isEqualTo(1);
            Eventually.holds(() -> ended.getCount() == 1);
            assertThat(pool.run(Addresses.number(1), () -> 2)).isEqualTo(2);
            ended.await();
        }
    }

    @Test
    @DisplayName("giving memory back works here or does nothing")
    void releasesMemory() {
        assertThatCode(NativeMemory::release).doesNotThrowAnyException();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @DisplayName("hashes run at a lower priority than whoever asks for them")
    void runsNicer() throws Exception {
        try (HashingPool pool = pool(1, 10, 2, FOREVER)) {
            int asking = niceness();
            assertThat(pool.run(Addresses.number(1), HashingPoolTest::niceness))
                    .isEqualTo(Math.min(19, asking + HashingPriority.NICER));
            assertThat(niceness()).isEqualTo(asking);
        }
    }

    /** Of the calling thread. */
    private static int niceness() {
        try {
            String stat = Files.readString(Path.of("/proc/thread-self/stat"));
            // The name, in brackets, may hold spaces; niceness is the 19th field, and what follows the name begins with
            // the third.
            return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HashingPool pool(int threads, int queue, int perAddress, Duration longestWait) {
        return new HashingPool(
                new PasswordConfig.Hashing(threads, queue, perAddress, longestWait),
                Duration.ofMinutes(1),
                HashingPriority::lower,
                () -> {});
    }

    private void block(HashingPool pool, ClientAddress from) {
        blockers.add(blocked(pool, from));
    }

    private Future<Integer> blocked(HashingPool pool, ClientAddress from) {
        return callers.submit(() -> pool.run(from, () -> {
            await(release);
            return 0;
        }));
    }

    private static Problem problemOf(Future<?> refused) throws InterruptedException {
        try {
            refused.get();
            throw new AssertionError("was not refused");
        } catch (ExecutionException e) {
            return (Problem) Objects.requireNonNull(e.getCause());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
