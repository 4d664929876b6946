package dev.latchkey.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.MutableClock;
import dev.latchkey.core.Problem;
import dev.latchkey.ephemeral.Count;
import dev.latchkey.ephemeral.EntryKind;
import dev.latchkey.ephemeral.ExpiringStore;
import dev.latchkey.ephemeral.MemoryExpiringStore;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
    private final MutableClock clock = new MutableClock();
    private final RateLimits limits =
            new RateLimits(new MemoryExpiringStore(clock), new MemoryExpiringStore(clock), clock);

    @Test
    @DisplayName("S1-39 so many calls in a window, then a block until it ends")
    void windowThenBlock() {
        for (int left = 4; left >= 0; left--) {
            assertThat(limits.take(LimitPolicy.LOGIN, "a"))
                    .isEqualTo(new LimitDecision(true, 5, left, Duration.ofMinutes(15)));
        }
        clock.advance(Duration.ofMinutes(14));
        assertThat(limits.take(LimitPolicy.LOGIN, "a"))
                .isEqualTo(new LimitDecision(false, 5, 0, Duration.ofMinutes(1)));
        assertThat(limits.take(LimitPolicy.LOGIN, "b").allowed()).isTrue();
        assertThat(limits.take(LimitPolicy.REGISTER, "a").allowed()).isTrue();
        clock.advance(Duration.ofMinutes(1));
        assertThat(limits.take(LimitPolicy.LOGIN, "a").remaining()).isEqualTo(4);
    }

    @Test
    void aCallGivenBackIsFreeAgain() {
        for (int i = 0; i < 20; i++) {
            assertThat(limits.take(LimitPolicy.LOGIN, "a").allowed()).isTrue();
            limits.giveBack(LimitPolicy.LOGIN, "a");
        }
    }

    @Test
    void ofFiftyAtOnceExactlyTheLimitPasses() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Boolean> call = () -> limits.take(LimitPolicy.LOGIN, "a").allowed();
            int passed = 0;
            for (Future<Boolean> one : threads.invokeAll(Collections.nCopies(50, call))) {
                passed += one.get() ? 1 : 0;
            }
            assertThat(passed).isEqualTo(5);
        }
    }

    @Test
    @DisplayName("a success stays one when its call cannot be given back")
    void givingBackMayFail() {
        RateLimits away = new RateLimits(new ClosedForReturns(clock), new MemoryExpiringStore(clock), clock);
        assertThat(away.take(LimitPolicy.LOGIN, "a").allowed()).isTrue();
        assertThatCode(() -> away.giveBack(LimitPolicy.LOGIN, "a")).doesNotThrowAnyException();
        assertThat(away.take(LimitPolicy.LOGIN, "a").remaining()).isEqualTo(3);
    }

    /** A store that goes away between a call and its answer. */
    private record ClosedForReturns(ExpiringStore store) implements ExpiringStore {
        ClosedForReturns(MutableClock clock) {
            this(new MemoryExpiringStore(clock));
        }

        @Override
        public void put(EntryKind kind, String key, String value, Duration lifetime) {
            store.put(kind, key, value, lifetime);
        }

        @Override
        public Optional<String> get(EntryKind kind, String key) {
            return store.get(kind, key);
        }

        @Override
        public Optional<String> take(EntryKind kind, String key) {
            return store.take(kind, key);
        }

        @Override
        public Count increment(EntryKind kind, String key, Duration window) {
            return store.increment(kind, key, window);
        }

        @Override
        public void decrement(EntryKind kind, String key) {
            throw Problem.of(ErrorCode.SERVICE_UNAVAILABLE, "away");
        }

        @Override
        public void remove(EntryKind kind, String key) {
            store.remove(kind, key);
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
