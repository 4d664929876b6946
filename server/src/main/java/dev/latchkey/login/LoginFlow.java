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
import dev.latchkey.db.Tx;
import dev.latchkey.human.HumanEntry;
import dev.latchkey.human.HumanPassage;
import dev.latchkey.human.HumanPurpose;
import dev.latchkey.human.HumanService;
import dev.latchkey.lockout.FailureOutcome;
import dev.latchkey.lockout.LockState;
import dev.latchkey.lockout.LockoutService;
import dev.latchkey.password.PasswordService;
import dev.latchkey.password.PasswordVerdict;
import dev.latchkey.session.KnownDevices;
import dev.latchkey.session.SessionWish;
import dev.latchkey.user.User;
import dev.latchkey.user.UserService;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The sign-in state machine. Every way to sign in submits its proofs here and asks {@link #next} what is missing. */
public final class LoginFlow {
    /** What is known of an identifier before the password is looked at; read at once, so that it costs the same for everyone. */
    private record Candidate(Optional<User> user, Optional<String> hash, Optional<String> device, LockState lock) {
        Optional<UserId> id() {
            return user.map(User::id);
        }
    }

    /** How the last step ended; each case commits. */
    private sealed interface Completion {
        record Opened(SignedIn signedIn) implements Completion {}

        record Moved() implements Completion {}

        record LockedMeanwhile(Instant until) implements Completion {}
    }

    private final LoginConfig config;
    private final Database database;
    private final UserService users;
    private final PasswordService passwords;
    private final LockoutService lockout;
    private final KnownDevices devices;
    private final HumanService human;
    private final SignIn signIn;
    private final AuditService audit;
    private final TimeFloor floor;
    private final Clock clock;

    public LoginFlow(
            LoginConfig config,
            Database database,
            UserService users,
            PasswordService passwords,
            LockoutService lockout,
            KnownDevices devices,
            HumanService human,
            SignIn signIn,
            AuditService audit,
            Clock clock) {
        this.config = config;
        this.database = database;
        this.users = users;
        this.passwords = passwords;
        this.lockout = lockout;
        this.devices = devices;
        this.human = human;
        this.signIn = signIn;
        this.audit = audit;
        this.floor = new TimeFloor(config.failureFloor());
        this.clock = clock;
    }

    /**
     * A whole login in one call: proofs in, session out.
     *
     * @throws Problem INVALID_CREDENTIALS, CAPTCHA_REQUIRED, ACCOUNT_LOCKED, ACCOUNT_DISABLED,
     *     EMAIL_NOT_VERIFIED, SERVICE_UNAVAILABLE
     */
    public SignedIn login(List<Proof> proofs, SessionWish wish, RequestContext context) {
        Attempt attempt = submit(Attempt.begin(), proofs, context);
        return switch (next(attempt)) {
            case Step.AskIdentifier ignored -> throw Problem.of(ErrorCode.INVALID_CREDENTIALS);
            case Step.AskFactor ignored -> throw Problem.of(ErrorCode.INVALID_CREDENTIALS);
            case Step.Done done -> complete(done, wish, context);
        };
    }

    /** Checks the proofs and answers the attempt with what they proved; refuses with a {@link Problem} otherwise. */
    Attempt submit(Attempt attempt, List<Proof> proofs, RequestContext context) {
        Attempt current = attempt;
        for (Proof proof : proofs) {
            current = switch (proof) {
                case Proof.Password password -> password(current, password, context);
            };
        }
        return current;
    }

    /** The one dispatcher: what is missing, from what was proved. */
    Step next(Attempt attempt) {
        if (attempt.user().isEmpty()) {
            return attempt.identifier().isEmpty()
                    ? new Step.AskIdentifier()
                    : new Step.AskFactor(Set.of(Factor.PASSWORD));
        }
        return new Step.Done(attempt.user().get(), attempt.epoch(), attempt);
    }

    /** Opens the session, unless a credential or status event, or a lock, came since the first proof. */
    SignedIn complete(Step.Done done, SessionWish wish, RequestContext context) {
        Completion completion = database.tx(tx -> completed(tx, done, wish, context));
        return switch (completion) {
            case Completion.Opened opened -> opened.signedIn();
            case Completion.Moved ignored ->
                throw Problem.of(ErrorCode.INVALID_CREDENTIALS, "the account changed during the login");
            case Completion.LockedMeanwhile locked -> throw locked(locked.until());
        };
    }

    private Completion completed(Tx tx, Step.Done done, SessionWish wish, RequestContext context) {
        Optional<String> device = devices.recognise(tx, done.user(), context);
        Optional<Instant> locked =
                done.attempt().identifier().flatMap(typed -> lockedUntil(tx, typed, device, context));
        if (locked.isPresent()) {
            audit.record(
                    tx,
                    SecurityEvent.of(EventType.LOGIN_FAILED, context)
                            .about(done.user())
                            .with(Detail.REASON, "locked"));
            return new Completion.LockedMeanwhile(locked.get());
        }
        Optional<SignedIn> opened = signIn.open(tx, done.user(), done.epoch(), wish, context);
        opened.ifPresent(signedIn -> succeeded(tx, done, device, signedIn, context));
        return opened.<Completion>map(Completion.Opened::new).orElseGet(Completion.Moved::new);
    }

    /** Asked again at the end: of many guesses at once, all were let in before the first of them was counted. */
    private Optional<Instant> lockedUntil(
            Sql sql, EmailAddress typed, Optional<String> device, RequestContext context) {
        return switch (lockout.check(sql, context.tenant(), typed.folded(), device)) {
            case LockState.Open ignored -> Optional.empty();
            case LockState.Locked locked -> Optional.of(locked.until());
        };
    }

    private void succeeded(Tx tx, Step.Done done, Optional<String> device, SignedIn signedIn, RequestContext context) {
        done.attempt().identifier().ifPresent(typed -> lockout.succeeded(tx, context.tenant(), typed.folded(), device));
        audit.record(
                tx,
                SecurityEvent.of(EventType.LOGIN_SUCCEEDED, context)
                        .byUser(done.user())
                        .with(Detail.SESSION, signedIn.session().id().value())
                        .with(Detail.METHOD, methods(done.attempt())));
    }

    private static String methods(Attempt attempt) {
        return String.join(
                " ", attempt.proved().stream().map(Factor::method).sorted().toList());
    }

    private Attempt password(Attempt attempt, Proof.Password proof, RequestContext context) {
        long startedAt = System.nanoTime();
        EmailAddress typed = proof.identifier();
        Candidate candidate = database.read(sql -> candidate(sql, context, typed));
        HumanEntry entry = new HumanEntry(HumanPurpose.LOGIN, typed.folded(), candidate.device(), proof.humanCheck());
        HumanPassage passage = human.enter(entry, context);
        if (candidate.lock() instanceof LockState.Locked locked) {
            throw locked(typed, candidate, locked.until(), startedAt, context);
        }
        PasswordVerdict verdict = passwords.verify(candidate.hash(), proof.password(), context.address());
        Optional<User> user = candidate.user();
        if (!verdict.matches() || user.isEmpty()) {
            throw wrongPassword(typed, candidate, startedAt, context);
        }
        passage.succeeded();
        // Only whoever knows the password learns these.
        if (!user.get().isActive()) {
            throw refused(candidate, "disabled", ErrorCode.ACCOUNT_DISABLED, context);
        }
        if (config.verifiedEmailRequired() && !user.get().emailVerified()) {
            throw refused(candidate, "email_not_verified", ErrorCode.EMAIL_NOT_VERIFIED, context);
        }
        if (verdict.needsRehash()) {
            upgrade(user.get(), candidate.hash().orElseThrow(), proof.password(), context);
        }
        return attempt.proved(user.get().id(), user.get().epoch(), typed, Factor.PASSWORD);
    }

    private Candidate candidate(Sql sql, RequestContext context, EmailAddress typed) {
        TenantId tenant = context.tenant();
        Optional<User> user = users.byEmail(sql, tenant, typed);
        Optional<String> hash = user.flatMap(found -> passwords.storedHash(sql, found.id()));
        Optional<String> device = user.flatMap(found -> devices.recognise(sql, found.id(), context));
        return new Candidate(user, hash, device, lockout.check(sql, tenant, typed.folded(), device));
    }

    private void upgrade(User user, String stored, String password, RequestContext context) {
        String better = passwords.hash(password, context.address());
        database.tx(tx -> passwords.upgrade(tx, user.id(), stored, better));
    }

    private Problem wrongPassword(EmailAddress typed, Candidate candidate, long startedAt, RequestContext context) {
        database.tx(tx -> {
            FailureOutcome outcome = lockout.failed(tx, context.tenant(), typed.folded(), candidate.device());
            audit.record(tx, failure(typed, candidate, "wrong_credentials", context));
            if (outcome instanceof FailureOutcome.NowLocked locked) {
                SecurityEvent event = SecurityEvent.of(EventType.USER_LOCKED, context)
                        .with(Detail.REASON, "too_many_failures")
                        .with(Detail.UNTIL, locked.until().toString());
                audit.record(tx, about(event, typed, candidate, context));
            }
            return outcome;
        });
        floor.await(startedAt);
        return Problem.of(ErrorCode.INVALID_CREDENTIALS);
    }

    private Problem locked(
            EmailAddress typed, Candidate candidate, Instant until, long startedAt, RequestContext context) {
        database.tx(tx -> {
            audit.record(tx, failure(typed, candidate, "locked", context));
            return until;
        });
        floor.await(startedAt);
        return locked(until);
    }

    private Problem locked(Instant until) {
        Duration wait = Duration.between(clock.instant(), until);
        return Problem.of(ErrorCode.ACCOUNT_LOCKED).retryAfter(wait.isNegative() ? Duration.ZERO : wait);
    }

    private Problem refused(Candidate candidate, String reason, ErrorCode code, RequestContext context) {
        database.tx(tx -> {
            audit.record(
                    tx,
                    SecurityEvent.of(EventType.LOGIN_FAILED, context)
                            .about(candidate.id().orElseThrow())
                            .with(Detail.REASON, reason));
            return reason;
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
