package dev.latchkey.lockout;

import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * Counts what is guessed at an account's short codes, whoever guesses. After {@value #MOST} wrong ones in a row none is accepted
 * any more, not even a right one, until what the callers say ends it (NIST SP 800-63B-4 section 3.2.2).
 */
public final class GuessLimitService {
    /** Wrong ones in a row. */
    public static final int MOST = 100;

    /** Long enough to be for ever. */
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private static final String ALL_DEVICES = "";

    private final FailureStore store;
    private final FailureKind kind;
    private final Clock clock;

    GuessLimitService(FailureStore store, FailureKind kind, Clock clock) {
        this.store = store;
        this.kind = kind;
        this.clock = clock;
    }

    /** Whether none is accepted. */
    public boolean isReached(Sql sql, TenantId tenant, UserId user) {
        OptionalLong until = store.lockedUntil(sql, key(tenant, user));
        return until.isPresent() && until.getAsLong() > clock.millis();
    }

    /** Counts a wrong one; commit it together with the refusal. */
    public FailureOutcome failed(Tx tx, TenantId tenant, UserId user) {
        Instant now = clock.instant();
        long forEver = now.plus(FOR_EVER).toEpochMilli();
        FailureStore.Count count = store.add(tx, key(tenant, user), MOST, now.toEpochMilli(), forEver, forEver);
        return count.failures() == MOST
                ? new FailureOutcome.NowLocked(Instant.ofEpochMilli(count.lockedUntil()))
                : new FailureOutcome.Counted(count.failures());
    }

    /** Ends the row of wrong ones: after a right one, or because what was guessed at is gone. */
    public void succeeded(Tx tx, TenantId tenant, UserId user) {
        store.clear(tx, key(tenant, user));
    }

    private FailureStore.Key key(TenantId tenant, UserId user) {
        return new FailureStore.Key(tenant, kind, List.of(user.value()), ALL_DEVICES);
    }
}
