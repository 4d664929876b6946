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

    /** Opens the session that the proofs suffice for, unless a lock came first. The caller has locked the user's row. */
    Passage complete(Tx tx, User user, Attempt attempt, RequestContext context) {
        Optional<String> device = devices.recognise(tx, user.id(), context);
        // Asked again at the end: of many guesses at once, all were let in before the first of them was counted. A lock
        // is about passwords: strangers who guess at them do not keep out whoever needs none.
        LockState lock = lockout.check(tx, user.tenant(), user.email().folded(), device);
        if (attempt.proved().contains(Factor.PASSWORD) && lock instanceof LockState.Locked locked) {
            audit.record(
                    tx,
                    SecurityEvent.of(EventType.LOGIN_FAILED, context)
                            .about(user.id())
                            .with(Detail.REASON, "locked"));
            return new Passage.Locked(locked);
        }
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
        if (!(lock instanceof LockState.Open open) || open.counted()) {
            lockout.succeeded(tx, user.tenant(), user.email().folded(), device);
        }
        audit.record(
                tx,
                SecurityEvent.of(EventType.LOGIN_SUCCEEDED, context)
                        .byUser(user.id())
                        .with(Detail.SESSION, signedIn.session().id().value())
                        .with(Detail.METHOD, Factor.methods(attempt.proved())));
        return new Passage.Opened(signedIn);
    }
}
