package dev.latchkey.recovery;

import dev.latchkey.core.UserId;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Begins, approves, cancels and ends waits. The caller has locked the user's row. */
public final class RecoveryService {
    /** How long after the wait a recovery can be completed. */
    private static final Duration KEPT = Duration.ofDays(7);

    private static final int REAP_BATCH = 500;

    private final RecoveryStore store = new RecoveryStore();
    private final RecoveryConfig config;
    private final Clock clock;

    public RecoveryService(RecoveryConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /** Begins a wait; one that is under way goes on as it was, or asking again would put its end off for ever. */
    public Recovery request(Tx tx, UserId user, long epoch) {
        Instant now = clock.instant();
        Optional<Recovery> underWay = find(tx, user).filter(recovery -> recovery.epoch() == epoch);
        if (underWay.isPresent()) {
            return underWay.get();
        }
        Instant ready = now.plus(config.delay());
        Recovery recovery = new Recovery(user, epoch, now, ready, ready.plus(KEPT), Optional.empty());
        store.put(tx, recovery);
        return recovery;
    }

    /** The user's wait that is under way. */
    public Optional<Recovery> find(Sql sql, UserId user) {
        return store.find(sql, user).filter(recovery -> clock.instant().isBefore(recovery.expiresAt()));
    }

    /** Whether there was one to approve. */
    public boolean approve(Tx tx, UserId user) {
        return find(tx, user).isPresent() && store.approve(tx, user, clock.instant());
    }

    /** Whether there was one to cancel. */
    public boolean cancel(Tx tx, UserId user) {
        return store.take(tx, user).isPresent();
    }

    /** Ends the wait, where it may end; of any number of tries at once exactly one completes it. */
    public RecoveryEnd complete(Tx tx, UserId user, long epoch) {
        Optional<Recovery> found = find(tx, user).filter(recovery -> recovery.epoch() == epoch);
        if (found.isEmpty()) {
            return new RecoveryEnd.None();
        }
        Recovery recovery = found.get();
        if (clock.instant().isBefore(recovery.readyAt())) {
            return new RecoveryEnd.TooEarly(recovery.readyAt());
        }
        if (config.approval() && recovery.approvedAt().isEmpty()) {
            return new RecoveryEnd.NotApproved();
        }
        return store.take(tx, user).isPresent() ? new RecoveryEnd.Completed() : new RecoveryEnd.None();
    }

    /** Deletes a batch of waits that nobody completed. Answers how many. */
    public int reap(Tx tx) {
        return store.deleteExpired(tx, clock.instant(), REAP_BATCH);
    }
}
