package dev.latchkey.login;

import dev.latchkey.audit.AuditService;
import dev.latchkey.audit.Detail;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import dev.latchkey.core.RequestContext;
import dev.latchkey.core.TenantId;
import dev.latchkey.core.TimeFloor;
import dev.latchkey.core.UserId;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.human.HumanEntry;
import dev.latchkey.human.HumanPassage;
import dev.latchkey.human.HumanPurpose;
import dev.latchkey.human.HumanService;
import dev.latchkey.lockout.FailureOutcome;
import dev.latchkey.lockout.LockState;
import dev.latchkey.lockout.LockoutService;
import dev.latchkey.password.HashingPlace;
import dev.latchkey.password.PasswordService;
import dev.latchkey.password.PasswordVerdict;
import dev.latchkey.password.SignUpAttemptService;
import dev.latchkey.session.KnownDevices;
import dev.latchkey.user.User;
import dev.latchkey.user.UserService;
import java.util.Optional;

/** The first proof that most people give: an address with its password, under the lockout of that address. */
final class PasswordCheck {
    /** What is known of an identifier before the password is looked at; read at once, so that it costs the same for everyone. */
    private record Candidate(
            Optional<User> user,
            Optional<String> hash,
            Optional<String> device,
            LockState lock,
            boolean signedUpLately) {
        Optional<UserId> id() {
            return user.map(User::id);
        }
    }

    private final LoginConfig config;
    private final Database database;
    private final UserService users;
    private final PasswordService passwords;
    private final SignUpAttemptService attempts;
    private final LockoutService lockout;
    private final KnownDevices devices;
    private final HumanService human;
    private final AuditService audit;
    private final TimeFloor floor;

    PasswordCheck(
            LoginConfig config,
            Database database,
            UserService users,
            PasswordService passwords,
            SignUpAttemptService attempts,
            LockoutService lockout,
            KnownDevices devices,
            HumanService human,
            AuditService audit) {
        this.config = config;
        this.database = database;
        this.users = users;
        this.passwords = passwords;
        this.attempts = attempts;
        this.lockout = lockout;
        this.devices = devices;
        this.human = human;
        this.audit = audit;
        this.floor = new TimeFloor(config.failureFloor());
    }

    /**
     * The user whose password it is.
     *
     * @throws Problem INVALID_CREDENTIALS, CAPTCHA_REQUIRED, ACCOUNT_LOCKED, ACCOUNT_DISABLED, EMAIL_NOT_VERIFIED, SERVICE_UNAVAILABLE
     */
    User check(Proof.Password proof, RequestContext context) {
        try (HashingPlace place = passwords.reserve(context.address())) {
            return check(proof, place, context);
        }
    }

    private User check(Proof.Password proof, HashingPlace place, RequestContext context) {
        long startedAt = System.nanoTime();
        EmailAddress typed = proof.identifier();
        Candidate candidate = database.read(sql -> candidate(sql, context, typed));
        HumanEntry entry = new HumanEntry(HumanPurpose.LOGIN, typed.folded(), candidate.device(), proof.humanCheck());
        HumanPassage passage = human.asksElsewhere(entry)
                ? place.without(() -> human.enter(entry, context))
                : human.enter(entry, context);
        if (candidate.lock() instanceof LockState.Locked locked) {
            // Nothing is hashed for this one, whose answer waits: it must not stand in the way of others.
            place.close();
            throw locked(typed, candidate, locked, startedAt, context);
        }
        PasswordVerdict verdict = passwords.verify(candidate.hash(), proof.password(), place);
        Optional<User> user = candidate.user();
        boolean right = verdict.matches() && user.isPresent();
        boolean proved = right && (!config.verifiedEmailRequired() || user.get().emailVerified());
        // Whether right or not, so that time does not tell either.
        boolean attempted = !proved && candidate.signedUpLately() && isAttempt(proof, context);
        if (!right && !attempted) {
            throw wrongPassword(typed, candidate, startedAt, context);
        }
        // Only whoever knows the password learns these.
        if (right && !user.get().isActive()) {
            throw refused(typed, candidate, ErrorCode.ACCOUNT_DISABLED, startedAt, context);
        }
        if (!proved) {
            throw refused(typed, candidate, ErrorCode.EMAIL_NOT_VERIFIED, startedAt, context);
        }
        // Again: of many guesses at once all were let in before the first of them was counted.
        if (database.read(sql -> lock(sql, typed, candidate, context)) instanceof LockState.Locked locked) {
            throw locked(typed, candidate, locked, startedAt, context);
        }
        // Not for a password that somebody only signed up with: anyone can do that at any address, again and again.
        passage.succeeded();
        if (verdict.needsRehash()) {
            upgrade(user.get(), candidate.hash().orElseThrow(), proof.password(), context);
        }
        return user.get();
    }

    /** @throws Problem ACCOUNT_DISABLED, EMAIL_NOT_VERIFIED */
    void requireUsable(User user, RequestContext context) {
        if (!user.isActive()) {
            throw refused(user, ErrorCode.ACCOUNT_DISABLED, context);
        }
        if (config.verifiedEmailRequired() && !user.emailVerified()) {
            throw refused(user, ErrorCode.EMAIL_NOT_VERIFIED, context);
        }
    }

    private Candidate candidate(Sql sql, RequestContext context, EmailAddress typed) {
        TenantId tenant = context.tenant();
        Optional<User> user = users.byEmail(sql, tenant, typed);
        Optional<String> hash = user.flatMap(found -> passwords.storedHash(sql, found.id()));
        Optional<String> device = user.flatMap(found -> devices.recognise(sql, found.id(), context));
        boolean signedUpLately = config.verifiedEmailRequired() && attempts.any(sql, tenant, typed);
        return new Candidate(user, hash, device, lockout.check(sql, tenant, typed.folded(), device), signedUpLately);
    }

    /** Whether somebody signed up with this very password, at an address that may have been taken. */
    private boolean isAttempt(Proof.Password proof, RequestContext context) {
        EmailAddress typed = proof.identifier();
        String mark = attempts.mark(context.tenant(), typed, proof.password(), context.address());
        return database.read(sql -> attempts.has(sql, context.tenant(), typed, mark));
    }

    private LockState lock(Sql sql, EmailAddress typed, Candidate candidate, RequestContext context) {
        return lockout.check(sql, context.tenant(), typed.folded(), candidate.device());
    }

    /** What tells that the password was right; nobody is told that once the lock has come. */
    private Problem refused(
            EmailAddress typed, Candidate candidate, ErrorCode code, long startedAt, RequestContext context) {
        LockState lock = database.tx(tx -> {
            LockState now = lock(tx, typed, candidate, context);
            String reason = now instanceof LockState.Locked ? "locked" : reason(code);
            audit.record(tx, failure(typed, candidate, reason, context));
            return now;
        });
        floor.await(startedAt);
        return lock instanceof LockState.Locked locked ? lockout.refusal(locked) : Problem.of(code);
    }

    private static String reason(ErrorCode code) {
        return code == ErrorCode.ACCOUNT_DISABLED ? "disabled" : "email_not_verified";
    }

    private void upgrade(User user, String stored, String password, RequestContext context) {
        String better = passwords.hash(password, context.address());
        database.tx(tx -> passwords.upgrade(tx, user.id(), stored, better));
    }

    private Problem wrongPassword(EmailAddress typed, Candidate candidate, long startedAt, RequestContext context) {
        FailureOutcome outcome = database.tx(tx -> {
            FailureOutcome counted = lockout.failed(tx, context.tenant(), typed.folded(), candidate.device());
            String reason = counted instanceof FailureOutcome.AlreadyLocked ? "locked" : "wrong_credentials";
            audit.record(tx, failure(typed, candidate, reason, context));
            if (counted instanceof FailureOutcome.NowLocked locked) {
                SecurityEvent event = SecurityEvent.of(EventType.USER_LOCKED, context)
                        .with(Detail.REASON, "too_many_failures")
                        .with(Detail.UNTIL, locked.until().toString());
                audit.record(tx, about(event, typed, candidate, context));
            }
            return counted;
        });
        floor.await(startedAt);
        return outcome instanceof FailureOutcome.AlreadyLocked late
                ? lockout.refusal(new LockState.Locked(late.until()))
                : Problem.of(ErrorCode.INVALID_CREDENTIALS);
    }

    private Problem locked(
            EmailAddress typed, Candidate candidate, LockState.Locked lock, long startedAt, RequestContext context) {
        database.tx(tx -> {
            audit.record(tx, failure(typed, candidate, "locked", context));
            return lock;
        });
        floor.await(startedAt);
        return lockout.refusal(lock);
    }

    private Problem refused(User user, ErrorCode code, RequestContext context) {
        database.tx(tx -> {
            audit.record(
                    tx,
                    SecurityEvent.of(EventType.LOGIN_FAILED, context)
                            .about(user.id())
                            .with(Detail.REASON, reason(code)));
            return code;
        });
        return Problem.of(code);
    }

    private SecurityEvent failure(EmailAddress typed, Candidate candidate, String reason, RequestContext context) {
        SecurityEvent event = SecurityEvent.of(EventType.LOGIN_FAILED, context).with(Detail.REASON, reason);
        return about(event, typed, candidate, context);
    }

    /** Of a name that belongs to nobody only its keyed hash is kept: people type passwords there. */
    private SecurityEvent about(SecurityEvent event, EmailAddress typed, Candidate candidate, RequestContext context) {
        return candidate
                .id()
                .map(event::about)
                .orElseGet(() -> event.with(Detail.NAME_HASH, audit.nameHash(context.tenant(), typed.folded())));
    }
}
