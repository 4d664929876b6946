package dev.latchkey.lockout;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Counts failed logins and locks. An identifier is what was typed, folded as user look-up folds it, whether or not anybody has
 * it. A known device is the stored hash of the secret of a browser that completed a login to this very account before; the
 * caller has checked that.
 */
public final class LockoutService {
    private static final FailureKind KIND = FailureKind.LOGIN;
    private static final String OTHER_DEVICES = "";

    private final LockoutConfig config;
    private final Function<String, List<String>> subjectHashes;
    private final Clock clock;
    private final FailureStore store = new FailureStore();
    private final GuessLimitService secondFactors;
    private final GuessLimitService mailedCodes;

    /**
     * @param subjectHashes a keyed hash, so that the table names nobody; after it those that were the keyed hash before the
     *     master key was changed
     */
    public LockoutService(LockoutConfig config, Function<String, List<String>> subjectHashes, Clock clock) {
        this.config = config;
        this.subjectHashes = subjectHashes;
        this.clock = clock;
        this.secondFactors = new GuessLimitService(store, FailureKind.SECOND_FACTOR, clock);
        this.mailedCodes = new GuessLimitService(store, FailureKind.MAILED_CODE, clock);
    }

    /** Whether an attempt may be made now. */
    public LockState check(Sql sql, TenantId tenant, String foldedIdentifier, Optional<String> knownDeviceHash) {
        OptionalLong until = store.lockedUntil(sql, key(tenant, foldedIdentifier, knownDeviceHash));
        return until.isPresent() && until.getAsLong() > clock.millis()
                ? new LockState.Locked(Instant.ofEpochMilli(until.getAsLong()))
                : new LockState.Open(until.isPresent());
    }

    /** The refusal of a locked account, with the time that is left. */
    public Problem refusal(LockState.Locked locked) {
        Duration left = Duration.between(clock.instant(), locked.until());
        return Problem.of(ErrorCode.ACCOUNT_LOCKED).retryAfter(left.isNegative() ? Duration.ZERO : left);
    }

    /** Counts a failed attempt; commit it together with the refusal. */
    public FailureOutcome failed(Tx tx, TenantId tenant, String foldedIdentifier, Optional<String> knownDeviceHash) {
        Instant now = clock.instant();
        FailureStore.Key key = key(tenant, foldedIdentifier, knownDeviceHash);
        store.adoptFormer(tx, key, config.threshold());
        FailureStore.Count count = store.add(
                tx,
                key,
                config.threshold(),
                now.toEpochMilli(),
                now.plus(config.window()).toEpochMilli(),
                now.plus(config.duration()).toEpochMilli());
        Instant until = Instant.ofEpochMilli(count.lockedUntil());
        if (count.failures() == config.threshold()) {
            return new FailureOutcome.NowLocked(until);
        }
        return until.isAfter(now)
                ? new FailureOutcome.AlreadyLocked(until)
                : new FailureOutcome.Counted(count.failures());
    }

    /** A completed login ends the row of failures on its own counter: the device's, or that of all unknown devices. */
    public void succeeded(Tx tx, TenantId tenant, String foldedIdentifier, Optional<String> knownDeviceHash) {
        store.clear(tx, key(tenant, foldedIdentifier, knownDeviceHash));
    }

    /**
     * Opens the account again for every device: by an administrator, a mailed link or a password reset.
     *
     * @return whether there was anything to clear
     */
    public boolean unlock(Tx tx, TenantId tenant, String foldedIdentifier) {
        return store.clearAll(tx, tenant, KIND, subjectHashes.apply(foldedIdentifier)) > 0;
    }

    /** Counts wrong second factors of whoever knew the password. */
    public GuessLimitService secondFactors() {
        return secondFactors;
    }

    /** Counts wrong mailed codes to sign in with, over however many mails; any login that completes ends the row. */
    public GuessLimitService mailedCodes() {
        return mailedCodes;
    }

    /** Accepts codes of every kind again, as if none had been wrong: by an administrator, or because the account goes. */
    public void acceptCodes(Tx tx, TenantId tenant, UserId user) {
        secondFactors.succeeded(tx, tenant, user);
        mailedCodes.succeeded(tx, tenant, user);
    }

    /** Deletes at most {@code most} counters that no longer count; answers how many there were. */
    public int deleteExpired(Tx tx, int most) {
        return store.deleteExpired(tx, clock.millis(), most);
    }

    private FailureStore.Key key(TenantId tenant, String foldedIdentifier, Optional<String> knownDeviceHash) {
        return new FailureStore.Key(
                tenant, KIND, subjectHashes.apply(foldedIdentifier), knownDeviceHash.orElse(OTHER_DEVICES));
    }
}
