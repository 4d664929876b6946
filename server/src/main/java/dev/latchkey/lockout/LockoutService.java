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
    /** Wrong second factors in a row after which none is accepted any more. */
    public static final int SECOND_FACTOR_FAILURES = 100;

    /** Wrong mailed codes in a row, over however many mails, after which none is accepted any more. */
    public static final int MAILED_CODE_FAILURES = 100;

    /** Long enough to be for ever: only what the callers say ends it. */
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private static final FailureKind KIND = FailureKind.LOGIN;
    private static final String OTHER_DEVICES = "";

    private final LockoutConfig config;
    private final Function<String, List<String>> subjectHashes;
    private final Clock clock;
    private final FailureStore store = new FailureStore();

    /**
     * @param subjectHashes a keyed hash, so that the table names nobody; after it those that were the keyed hash before the
     *     master key was changed
     */
    public LockoutService(LockoutConfig config, Function<String, List<String>> subjectHashes, Clock clock) {
        this.config = config;
        this.subjectHashes = subjectHashes;
        this.clock = clock;
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

    /** Whether codes as the account's second factor are given up. */
    public boolean secondFactorBlocked(Sql sql, TenantId tenant, UserId user) {
        return blocked(sql, account(tenant, FailureKind.SECOND_FACTOR, user));
    }

    /** Counts a wrong second factor of whoever knew the password; commit it together with the refusal. */
    public FailureOutcome secondFactorFailed(Tx tx, TenantId tenant, UserId user) {
        return guessed(tx, account(tenant, FailureKind.SECOND_FACTOR, user), SECOND_FACTOR_FAILURES);
    }

    /** Ends the row of failures, after a right one, or with the factors that were guessed at. */
    public void secondFactorSucceeded(Tx tx, TenantId tenant, UserId user) {
        store.clear(tx, account(tenant, FailureKind.SECOND_FACTOR, user));
    }

    /** Whether mailed codes to sign in with are given up. */
    public boolean mailedCodesBlocked(Sql sql, TenantId tenant, UserId user) {
        return blocked(sql, account(tenant, FailureKind.MAILED_CODE, user));
    }

    /** Counts a wrong mailed code of whoever asked for it; commit it together with the refusal. */
    public FailureOutcome mailedCodeFailed(Tx tx, TenantId tenant, UserId user) {
        return guessed(tx, account(tenant, FailureKind.MAILED_CODE, user), MAILED_CODE_FAILURES);
    }

    /** Ends the row of failures, with any login that completes. */
    public void mailedCodesSucceeded(Tx tx, TenantId tenant, UserId user) {
        store.clear(tx, account(tenant, FailureKind.MAILED_CODE, user));
    }

    /** Accepts codes of every kind again, as if none had been wrong: by an administrator, or because the account goes. */
    public void acceptCodes(Tx tx, TenantId tenant, UserId user) {
        secondFactorSucceeded(tx, tenant, user);
        mailedCodesSucceeded(tx, tenant, user);
    }

    private boolean blocked(Sql sql, FailureStore.Key key) {
        OptionalLong until = store.lockedUntil(sql, key);
        return until.isPresent() && until.getAsLong() > clock.millis();
    }

    private FailureOutcome guessed(Tx tx, FailureStore.Key key, int most) {
        Instant now = clock.instant();
        long forEver = now.plus(FOR_EVER).toEpochMilli();
        FailureStore.Count count = store.add(tx, key, most, now.toEpochMilli(), forEver, forEver);
        return count.failures() == most
                ? new FailureOutcome.NowLocked(Instant.ofEpochMilli(count.lockedUntil()))
                : new FailureOutcome.Counted(count.failures());
    }

    private static FailureStore.Key account(TenantId tenant, FailureKind kind, UserId user) {
        return new FailureStore.Key(tenant, kind, List.of(user.value()), OTHER_DEVICES);
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
