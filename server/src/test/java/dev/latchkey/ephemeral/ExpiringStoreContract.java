package dev.latchkey.ephemeral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.boot.Race;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.MutableClock;
import dev.latchkey.core.Problem;
import dev.latchkey.limit.RateLimitsContract;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every home of short-lived state must do alike. */
public abstract class ExpiringStoreContract implements RateLimitsContract {
    private static final EntryKind ATTEMPT = new EntryKind("attempt", 1_000);
    private static final EntryKind OTHER = new EntryKind("other", 1_000);
    private static final EntryKind SMALL = new EntryKind("small", 3);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    protected final MutableClock clock = new MutableClock();

    @Override
    public MutableClock clock() {
        return clock;
    }

    @Test
    void keepsAValueUntilTheInstantItsLifetimeEnds() {
        store().put(ATTEMPT, "a", "value", MINUTE);
        clock.advance(MINUTE.minusMillis(1));
        assertThat(store().get(ATTEMPT, "a")).contains("value");
        clock.advance(Duration.ofMillis(1));
        assertThat(store().get(ATTEMPT, "a")).isEmpty();
        assertThat(store().take(ATTEMPT, "a")).isEmpty();
    }

    @Test
    void replacesAValueAndItsLifetime() {
        store().put(ATTEMPT, "a", "old", MINUTE);
        clock.advance(Duration.ofSeconds(59));
        store().put(ATTEMPT, "a", "new", MINUTE);
        clock.advance(Duration.ofSeconds(59));
        assertThat(store().get(ATTEMPT, "a")).contains("new");
    }

    @Test
    void keepsKindsApart() {
        store().put(ATTEMPT, "a", "value", MINUTE);
        assertThat(store().get(OTHER, "a")).isEmpty();
        assertThat(store().take(OTHER, "a")).isEmpty();
        assertThat(store().get(ATTEMPT, "a")).contains("value");
    }

    @Test
    void keysAreCaseSensitive() {
        store().put(ATTEMPT, "a", "value", MINUTE);
        assertThat(store().get(ATTEMPT, "A")).isEmpty();
    }

    @Test
    void removes() {
        store().put(ATTEMPT, "a", "value", MINUTE);
        store().remove(ATTEMPT, "a");
        store().remove(ATTEMPT, "never there");
        assertThat(store().get(ATTEMPT, "a")).isEmpty();
    }

    @Test
    void fiftyRacersTakeAValueOnce() {
        store().put(ATTEMPT, "a", "value", MINUTE);
        List<Optional<String>> taken = Race.of(50, () -> store().take(ATTEMPT, "a"));
        assertThat(taken.stream().flatMap(Optional::stream)).containsExactly("value");
        assertThat(store().get(ATTEMPT, "a")).isEmpty();
    }

    @Test
    void fiftyRacersAreAllCounted() {
        List<Long> values =
                Race.of(50, () -> store().increment(ATTEMPT, "a", MINUTE).value());
        assertThat(values).doesNotHaveDuplicates().contains(1L, 50L);
    }

    @Test
    void aWindowBeginsWithTheFirstIncrementAndDoesNotMove() {
        Count first = store().increment(ATTEMPT, "a", MINUTE);
        assertThat(first).isEqualTo(new Count(1, clock.instant().plus(MINUTE)));
        clock.advance(Duration.ofSeconds(59));
        assertThat(store().increment(ATTEMPT, "a", MINUTE)).isEqualTo(new Count(2, first.resetsAt()));
        clock.advance(Duration.ofSeconds(1));
        assertThat(store().increment(ATTEMPT, "a", MINUTE))
                .isEqualTo(new Count(1, clock.instant().plus(MINUTE)));
    }

    @Test
    void givesAnIncrementBackButNeverBelowZero() {
        store().increment(ATTEMPT, "a", MINUTE);
        store().increment(ATTEMPT, "a", MINUTE);
        store().decrement(ATTEMPT, "a");
        assertThat(store().increment(ATTEMPT, "a", MINUTE).value()).isEqualTo(2);
        for (int i = 0; i < 5; i++) {
            store().decrement(ATTEMPT, "a");
        }
        assertThat(store().increment(ATTEMPT, "a", MINUTE).value()).isEqualTo(1);
        store().decrement(ATTEMPT, "never there");
        assertThat(store().increment(ATTEMPT, "never there", MINUTE).value()).isEqualTo(1);
    }

    @Test
    void refusesNewEntriesAtCapacityAndEvictsNone() {
        for (String key : List.of("a", "b", "c")) {
            store().put(SMALL, key, key, MINUTE);
        }
        assertFull(() -> store().put(SMALL, "d", "d", MINUTE));
        assertFull(() -> store().increment(SMALL, "e", MINUTE));
        assertThat(store().get(SMALL, "a")).contains("a");
        assertThat(store().get(SMALL, "c")).contains("c");
        store().put(SMALL, "a", "replaced", MINUTE);
        assertThat(store().get(SMALL, "a")).contains("replaced");
    }

    @Test
    void hasRoomAgainWhenOneIsTakenOrAllExpired() {
        for (String key : List.of("a", "b", "c")) {
            store().put(SMALL, key, key, MINUTE);
        }
        assertFull(() -> store().put(SMALL, "d", "d", MINUTE));
        store().take(SMALL, "b");
        store().put(SMALL, "d", "d", MINUTE);
        assertFull(() -> store().put(SMALL, "e", "e", MINUTE));
        clock.advance(MINUTE);
        for (String key : List.of("e", "f", "g")) {
            store().increment(SMALL, key, MINUTE);
        }
        assertFull(() -> store().increment(SMALL, "h", MINUTE));
        assertThat(store().increment(SMALL, "e", MINUTE).value()).isEqualTo(2);
    }

    private static void assertFull(Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        Problem.class, full -> assertThat(full.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE));
    }
}
