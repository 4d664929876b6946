package dev.latchkey.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Race;
import dev.latchkey.core.MutableClock;
import dev.latchkey.ephemeral.ExpiringStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What limits do, wherever their windows live. */
public interface RateLimitsContract {
    /** Empty when a test begins. */
    ExpiringStore store();

    /** The store's. */
    MutableClock clock();

    private RateLimits limits() {
        return new RateLimits(store(), store(), clock());
    }

    @Test
    @DisplayName("S1-39 so many calls in a window, then a block until it ends")
    default void windowThenBlock() {
        RateLimits limits = limits();
        for (int left = 4; left >= 0; left--) {
            assertThat(limits.take(LimitPolicy.LOGIN, "a"))
                    .isEqualTo(new LimitDecision(true, 5, left, Duration.ofMinutes(15)));
        }
        clock().advance(Duration.ofMinutes(14));
        assertThat(limits.take(LimitPolicy.LOGIN, "a"))
                .isEqualTo(new LimitDecision(false, 5, 0, Duration.ofMinutes(1)));
        assertThat(limits.take(LimitPolicy.LOGIN, "b").allowed()).isTrue();
        assertThat(limits.take(LimitPolicy.REGISTER, "a").allowed()).isTrue();
        clock().advance(Duration.ofMinutes(1));
        assertThat(limits.take(LimitPolicy.LOGIN, "a").remaining()).isEqualTo(4);
    }

    @Test
    @DisplayName("S1-39 a call given back is free again")
    default void givenBack() {
        RateLimits limits = limits();
        for (int i = 0; i < 20; i++) {
            assertThat(limits.take(LimitPolicy.LOGIN, "a").allowed()).isTrue();
            limits.giveBack(LimitPolicy.LOGIN, "a");
        }
    }

    @Test
    @DisplayName("S1-39 of fifty calls at once exactly the limit passes")
    default void limitRace() {
        RateLimits limits = limits();
        List<Boolean> passed =
                Race.of(50, () -> limits.take(LimitPolicy.LOGIN, "a").allowed());
        assertThat(passed).filteredOn(Boolean::booleanValue).hasSize(5);
    }

    @Test
    @DisplayName("S0-37 servers that share a store count together")
    default void shared() {
        RateLimits here = limits();
        RateLimits there = limits();
        for (int i = 0; i < 5; i++) {
            assertThat((i % 2 == 0 ? here : there).take(LimitPolicy.LOGIN, "a").allowed())
                    .isTrue();
        }
        assertThat(here.take(LimitPolicy.LOGIN, "a").allowed()).isFalse();
        assertThat(there.take(LimitPolicy.LOGIN, "a").allowed()).isFalse();
    }
}
