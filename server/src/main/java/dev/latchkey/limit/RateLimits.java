package dev.latchkey.limit;

import dev.latchkey.core.Problem;
import dev.latchkey.crypto.TokenHash;
import dev.latchkey.ephemeral.Count;
import dev.latchkey.ephemeral.EntryKind;
import dev.latchkey.ephemeral.ExpiringStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Counts calls in fixed windows that start with a key's first call. The windows live in an {@link ExpiringStore}, so that one
 * rule serves memory, SQL and Redis; keys are hashed, so that no store holds addresses or e-mails.
 */
public final class RateLimits {
    private static final Logger LOG = System.getLogger(RateLimits.class.getName());
    private static final int CAPACITY = 200_000;
    /** A site may be a household or a provider's whole town. */
    private static final int SITE_FACTOR = 8;

    private final ExpiringStore attempts;
    private final ExpiringStore volume;
    private final Clock clock;
    private final Map<LimitPolicy, EntryKind> kinds = new EnumMap<>(LimitPolicy.class);

    /**
     * @param attempts shared by all nodes
     * @param volume this node's own memory, or {@code attempts} where that costs no more
     */
    public RateLimits(ExpiringStore attempts, ExpiringStore volume, Clock clock) {
        this.attempts = attempts;
        this.volume = volume;
        this.clock = clock;
        for (LimitPolicy policy : LimitPolicy.values()) {
            kinds.put(policy, new EntryKind("limit." + name(policy), CAPACITY));
        }
    }

    /**
     * Takes one call from {@code key}'s window.
     *
     * @throws Problem 503 where the call cannot be counted: an uncounted one is not let through
     */
    public LimitDecision take(LimitPolicy policy, String key) {
        return take(policy, key, policy.calls());
    }

    /**
     * The same for a network of many addresses, all of which together have {@value #SITE_FACTOR} times the calls of one.
     *
     * @throws Problem 503 where the call cannot be counted
     */
    public LimitDecision takeOfSite(LimitPolicy policy, String key) {
        return take(policy, key, policy.calls() * SITE_FACTOR);
    }

    private LimitDecision take(LimitPolicy policy, String key, int calls) {
        Count window = store(policy).increment(kind(policy), hash(policy, key), policy.window());
        Duration reset = Duration.between(clock.instant(), window.resetsAt());
        long remaining = Math.max(0, calls - window.value());
        return new LimitDecision(
                window.value() <= calls, calls, (int) remaining, reset.isNegative() ? Duration.ZERO : reset);
    }

    /** Returns a call that was taken, after a success that should not count. Where that cannot be done it stays taken. */
    public void giveBack(LimitPolicy policy, String key) {
        try {
            store(policy).decrement(kind(policy), hash(policy, key));
        } catch (Problem away) {
            // The success has happened, and its answer must not become a refusal.
            LOG.log(Level.DEBUG, "a call of {0} was not given back: {1}", policy, away.internal());
        }
    }

    private ExpiringStore store(LimitPolicy policy) {
        return switch (policy.purpose()) {
            case ATTEMPTS -> attempts;
            case VOLUME -> volume;
        };
    }

    private EntryKind kind(LimitPolicy policy) {
        return Objects.requireNonNull(kinds.get(policy));
    }

    private static String hash(LimitPolicy policy, String key) {
        return TokenHash.of("limit." + policy.name(), key);
    }

    private static String name(LimitPolicy policy) {
        return policy.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
