package dev.latchkey.login;

import dev.latchkey.audit.AuditService;
import dev.latchkey.audit.Detail;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.RequestContext;
import dev.latchkey.core.UserId;
import dev.latchkey.db.Tx;
import dev.latchkey.lockout.LockState;
import dev.latchkey.lockout.LockoutService;
import dev.latchkey.recovery.RecoveryService;
import dev.latchkey.session.KnownDevices;
import dev.latchkey.session.NewSession;
import dev.latchkey.user.User;
import java.time.Clock;
import java.util.Optional;

/** The end of a login to which nothing is missing any more. */
final class LoginCompletion {
    /**
     * What the end of a login asks of the browser it came from.
     *
     * @param device the known browser, by which failures are counted
     * @param lock for that browser
     */
    record Door(Optional<String> device, LockState lock) {}

    private final MfaConfig policy;
    private final LockoutService lockout;
    private final KnownDevices devices;
    private final RecoveryService recoveries;
    private final SignIn signIn;
    private final AuditService audit;
    private final Clock clock;

    LoginCompletion(
            MfaConfig policy,
            LockoutService lockout,
            KnownDevices devices,
            RecoveryService recoveries,
            SignIn signIn,
            AuditService audit,
            Clock clock) {
        this.policy = policy;
        this.lockout = lockout;
        this.devices = devices;
        this.recoveries = recoveries;
        this.signIn = signIn;
        this.audit = audit;
        this.clock = clock;
    }

    /** Whether this login has opened its session already. The caller has locked the user's row. */
    boolean over(Tx tx, UserId user, Attempt attempt) {
        return attempt.waited().filter(login -> signIn.opened(tx, user, login)).isPresent();
    }

    /** Where the login comes from. The caller has locked the user's row. */
    Door door(Tx tx, User user, RequestContext context) {
        Optional<String> device = devices.recognise(tx, user.id(), context);
        return new Door(device, lockout.check(tx, user.tenant(), user.email().folded(), device));
    }

    /** The refusal of a login that a lock came before, also where it would only be asked for another factor. */
    Optional<Passage> locked(Tx tx, User user, Attempt attempt, Door door, RequestContext context) {
        // A lock is about passwords: strangers who guess at them do not keep out whoever needs none.
        if (!attempt.proved().contains(Factor.PASSWORD) || !(door.lock() instanceof LockState.Locked locked)) {
            return Optional.empty();
        }
        audit.record(
                tx,
                SecurityEvent.of(EventType.LOGIN_FAILED, context)
                        .about(user.id())
                        .with(Detail.REASON, "locked"));
        return Optional.of(new Passage.Locked(locked));
    }

    /** Opens the session that the proofs suffice for. */
    Passage complete(Tx tx, User user, Attempt attempt, Door door, RequestContext context) {
        NewSession wanted = new NewSession(
                user.id(), attempt.epoch(), Factor.references(attempt.proved()), attempt.wish(), attempt.waited());
        SignedIn signedIn = signIn.open(tx, user, wanted, context);
        if (Factor.multiple(attempt.proved()) && recoveries.cancel(tx, user.id())) {
            // Whoever proves a factor has not lost it: the recovery was somebody else's, or is not needed any more.
            audit.record(
                    tx,
                    SecurityEvent.of(EventType.RECOVERY_CANCELLED, context)
                            .byUser(user.id())
                            .with(Detail.REASON, "signed_in"));
        }
        if (attempt.trustDevice() && policy.trustedDevice().isPositive() && Factor.multiple(attempt.proved())) {
            devices.trust(tx, user.id(), signedIn.device(), context, policy.trustedDevice());
            audit.record(
                    tx,
                    SecurityEvent.of(EventType.DEVICE_TRUSTED, context)
                            .byUser(user.id())
                            .with(
                                    Detail.UNTIL,
                                    clock.instant().plus(policy.trustedDevice()).toString()));
        }
        if (!(door.lock() instanceof LockState.Open open) || open.counted()) {
            lockout.succeeded(tx, user.tenant(), user.email().folded(), door.device());
        }
        lockout.mailedCodes().succeeded(tx, user.tenant(), user.id());
        audit.record(
                tx,
                SecurityEvent.of(EventType.LOGIN_SUCCEEDED, context)
                        .byUser(user.id())
                        .with(Detail.SESSION, signedIn.session().id().value())
                        .with(Detail.METHOD, Factor.methods(attempt.proved())));
        return new Passage.Opened(signedIn);
    }
}
