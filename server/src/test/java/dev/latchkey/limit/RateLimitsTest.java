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
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What does not depend on the store; the rest is {@link RateLimitsContract}, which every store's test runs. */
class RateLimitsTest {
    private final MutableClock clock = new MutableClock();

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
