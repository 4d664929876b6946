package dev.latchkey.lockout;

import dev.latchkey.core.TenantId;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
        return store.lockedUntil(sql, key(tenant, foldedIdentifier, knownDeviceHash), clock.millis())
                .<LockState>map(until -> new LockState.Locked(Instant.ofEpochMilli(until)))
                .orElseGet(LockState.Open::new);
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
        return count.failures() == config.threshold()
                ? new FailureOutcome.NowLocked(Instant.ofEpochMilli(count.lockedUntil()))
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

    /** Deletes at most {@code most} counters that no longer count; answers how many there were. */
    public int deleteExpired(Tx tx, int most) {
        return store.deleteExpired(tx, clock.millis(), most);
    }

    private FailureStore.Key key(TenantId tenant, String foldedIdentifier, Optional<String> knownDeviceHash) {
        return new FailureStore.Key(
                tenant, KIND, subjectHashes.apply(foldedIdentifier), knownDeviceHash.orElse(OTHER_DEVICES));
    }
}
