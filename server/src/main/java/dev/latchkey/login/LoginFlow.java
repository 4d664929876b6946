package dev.latchkey.login;

import dev.latchkey.audit.AuditService;
import dev.latchkey.audit.EventType;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import dev.latchkey.core.RequestContext;
import dev.latchkey.core.UserId;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import dev.latchkey.ephemeral.ExpiringStore;
import dev.latchkey.human.HumanService;
import dev.latchkey.lockout.LockoutService;
import dev.latchkey.password.PasswordService;
import dev.latchkey.password.SignUpAttemptService;
import dev.latchkey.recovery.RecoveryService;
import dev.latchkey.session.KnownDevices;
import dev.latchkey.session.SessionWish;
import dev.latchkey.user.User;
import dev.latchkey.user.UserService;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The sign-in state machine. Every way to sign in submits its proofs here and asks {@link #next} what is missing. */
public final class LoginFlow {
    private final Database database;
    private final UserService users;
    private final PasswordCheck passwords;
    private final SecondFactors secondFactors;
    private final MfaConfig policy;
    private final Attempts attempts;
    private final LockoutService lockout;
    private final KnownDevices devices;
    private final LoginCompletion completion;

    public LoginFlow(
            LoginConfig config,
            MfaConfig policy,
            Database database,
            UserService users,
            PasswordService passwords,
            SignUpAttemptService attempts,
            SecondFactors secondFactors,
            ExpiringStore ephemeral,
            Secrets secrets,
            LockoutService lockout,
            KnownDevices devices,
            HumanService human,
            RecoveryService recoveries,
            SignIn signIn,
            AuditService audit,
            Clock clock) {
        this.database = database;
        this.users = users;
        this.passwords =
                new PasswordCheck(config, database, users, passwords, attempts, lockout, devices, human, audit);
        this.secondFactors = secondFactors;
        this.policy = policy;
        this.attempts = new Attempts(ephemeral, secrets);
        this.lockout = lockout;
        this.devices = devices;
        this.completion = new LoginCompletion(policy, lockout, devices, recoveries, signIn, audit, clock);
    }

    /**
     * Begins a login, and ends it where the proofs suffice.
     *
     * @param second sent along by clients that know that it will be asked for
     * @throws Problem INVALID_CREDENTIALS, INVALID_MFA_CODE, CAPTCHA_REQUIRED, ACCOUNT_LOCKED, ACCOUNT_DISABLED, EMAIL_NOT_VERIFIED,
     *     SERVICE_UNAVAILABLE
     */
    public LoginOutcome login(
            Proof.First first, Optional<Proof.Second> second, SessionWish wish, RequestContext context) {
        Attempt attempt = submit(Attempt.begin(wish), first, context);
        // A passkey's use is recorded where its login goes on, so that is where it counts.
        return first instanceof Proof.Passkey passkey
                ? proceed(attempt, Optional.of(passkey), context)
                : proceed(attempt, second, context);
    }

    /**
     * Goes on with a login that waits for another proof.
     *
     * @param trustDevice whether the user wants this browser to pass for the second factor for a while
     * @throws Problem LOGIN_EXPIRED, INVALID_MFA_CODE, ACCOUNT_LOCKED, INVALID_CREDENTIALS where the account changed meanwhile
     */
    public LoginOutcome resume(String handle, Proof.Second proof, boolean trustDevice, RequestContext context) {
        Attempt attempt = attempts.find(handle).trustingDevice(trustDevice);
        if (step(attempt, context) instanceof Step.Enrol) {
            throw Problem.of(ErrorCode.INVALID_MFA_CODE, "there is no factor yet whose code this could be");
        }
        Proof.Second bound = Proof.boundTo(TextedCodes.ofLogin(handle), proof);
        LoginOutcome outcome = proceed(attempt, Optional.of(bound), context);
        // After the commit: where this fails the handle is of no use any more, for a code is taken once.
        attempts.finish(handle);
        return outcome;
    }

    /**
     * The attempt of a login that must enrol.
     *
     * @throws Problem LOGIN_EXPIRED for any other handle: where a factor exists it must be proved, not joined by a new one
     */
    public Attempt enrolling(String handle, RequestContext context) {
        Attempt attempt = attempts.find(handle);
        if (!(step(attempt, context) instanceof Step.Enrol)) {
            throw Problem.of(ErrorCode.LOGIN_EXPIRED, "this login does not wait for enrolment");
        }
        return attempt;
    }

    /**
     * The attempt of a login that asks for a second factor.
     *
     * @throws Problem LOGIN_EXPIRED for any other handle: nobody lost what the account never had
     */
    public Attempt challenged(String handle, RequestContext context) {
        Attempt attempt = attempts.find(handle);
        if (!(step(attempt, context) instanceof Step.AskFactor)) {
            throw Problem.of(ErrorCode.LOGIN_EXPIRED, "this login does not ask for a second factor");
        }
        return attempt;
    }

    /** Finishes a login with the factor that was just set up, and proved by that. */
    public LoginOutcome enrolled(String handle, Factor factor, RequestContext context) {
        LoginOutcome outcome = proceed(attempts.find(handle).proved(factor), Optional.empty(), context);
        attempts.finish(handle);
        return outcome;
    }

    /** What a waiting login waits for now; empty once it is over. */
    public Optional<LoginOutcome> standing(String handle, RequestContext context) {
        return attempts.peek(handle).flatMap(attempt -> switch (step(attempt, context)) {
            case Step.AskFactor ask -> Optional.of(new LoginOutcome.Challenged(handle, ask.anyOf()));
            case Step.Enrol ignored -> Optional.of(new LoginOutcome.MustEnrol(handle));
            case Step.Done ignored -> Optional.empty();
        });
    }

    /**
     * The attempt of a login that waits for whatever proof.
     *
     * @throws Problem LOGIN_EXPIRED
     */
    public Attempt attempt(String handle) {
        return attempts.find(handle);
    }

    /** Whom a waiting login is for: what its limit is counted by. Empty for a handle that is not known. */
    public Optional<UserId> waiting(String handle) {
        return attempts.peek(handle).flatMap(Attempt::user);
    }

    /** Checks a first proof and answers the attempt with what it proved; refuses with a {@link Problem} otherwise. */
    Attempt submit(Attempt attempt, Proof.First first, RequestContext context) {
        return switch (first) {
            case Proof.Password password -> {
                User user = passwords.check(password, context);
                yield attempt.proved(user.id(), user.epoch(), Factor.PASSWORD);
            }
            case Proof.Passkey passkey -> {
                User user = database.read(
                                sql -> users.byId(sql, passkey.verified().user()))
                        .orElseThrow(() -> Problem.of(ErrorCode.INVALID_PASSKEY, "the account is gone"));
                passwords.requireUsable(user, context);
                yield attempt.of(user.id(), user.epoch());
            }
        };
    }

    /**
     * Begins a login with a proof that is spent in the transaction that goes on with it.
     *
     * @throws Problem of the code that the proof refuses with; see {@link #login}
     */
    LoginOutcome begin(SpentProof proof, RequestContext context) {
        return outcome(database.tx(tx -> switch (proof.spend(tx)) {
            case SpentProof.Result.Right right -> pass(tx, right.attempt(), Optional.empty(), context);
            case SpentProof.Result.Refused refused -> new Passage.Refused(refused.code());
        }));
    }

    LoginOutcome proceed(Attempt attempt, Optional<Proof.Second> second, RequestContext context) {
        return outcome(database.tx(tx -> pass(tx, attempt, second, context)));
    }

    private LoginOutcome outcome(Passage passage) {
        return switch (passage) {
            case Passage.Opened opened -> new LoginOutcome.Opened(opened.signedIn());
            case Passage.Waits waits -> waiting(waits.attempt(), waits.step());
            case Passage.Refused refused -> throw Problem.of(refused.code());
            case Passage.Moved ignored ->
                throw Problem.of(ErrorCode.INVALID_CREDENTIALS, "the account changed during the login");
            case Passage.Locked locked -> throw lockout.refusal(locked.state());
        };
    }

    private LoginOutcome waiting(Attempt attempt, Step step) {
        return switch (step) {
            case Step.AskFactor ask -> new LoginOutcome.Challenged(attempts.keep(attempt), ask.anyOf());
            case Step.Enrol ignored -> new LoginOutcome.MustEnrol(attempts.keep(attempt));
            case Step.Done ignored -> throw new IllegalStateException("a login that is done does not wait");
        };
    }

    private Passage pass(Tx tx, Attempt attempt, Optional<Proof.Second> second, RequestContext context) {
        UserId id = attempt.user().orElseThrow();
        // First: it locks the row, so that guesses at one account come one after the other.
        if (!users.guard(tx, id, attempt.epoch())) {
            return new Passage.Moved();
        }
        // The handle goes after the commit: until then another factor may arrive with it, and none is spent on a login
        // that is over.
        if (completion.over(tx, id, attempt)) {
            return new Passage.Refused(ErrorCode.LOGIN_EXPIRED);
        }
        User user = users.byId(tx, id).orElseThrow();
        LoginCompletion.Door door = completion.door(tx, user, context);
        // Before anything is answered or spent: of many guesses at once all were let in before the first was counted.
        // Being asked for a second factor would tell which of them was right.
        return completion
                .locked(tx, user, attempt, door, context)
                .orElseGet(() -> pass(tx, user, attempt, second, door, context));
    }

    private Passage pass(
            Tx tx,
            User user,
            Attempt attempt,
            Optional<Proof.Second> second,
            LoginCompletion.Door door,
            RequestContext context) {
        Attempt current = attempt;
        if (second.isPresent() && next(tx, user, attempt, context) instanceof Step.AskFactor) {
            switch (secondFactors.spend(tx, user, second.get(), EventType.LOGIN_FAILED, context)) {
                case SecondFactors.Check.Right right -> {
                    if (attempt.proved().isEmpty() && right.factor() == Factor.PASSKEY) {
                        // A key that anyone could have touched is one factor, and the first is to be more than that.
                        return new Passage.Refused(ErrorCode.INVALID_PASSKEY);
                    }
                    current = attempt.proved(right.factor());
                }
                case SecondFactors.Check.Wrong wrong -> {
                    return new Passage.Refused(wrong.code());
                }
            }
        }
        Step step = next(tx, user, current, context);
        return step instanceof Step.Done
                ? completion.complete(tx, user, current, door, context)
                : new Passage.Waits(current, step);
    }

    private Step step(Attempt attempt, RequestContext context) {
        return database.read(sql -> attempt.user()
                .flatMap(id -> users.byId(sql, id))
                .map(user -> next(sql, user, attempt, context))
                .orElseThrow(() -> Problem.of(ErrorCode.LOGIN_EXPIRED, "the account is gone")));
    }

    /** The one dispatcher: what is missing, from what was proved. */
    Step next(Sql sql, User user, Attempt attempt, RequestContext context) {
        if (attempt.proved().isEmpty()) {
            return new Step.AskFactor(EnumSet.of(Factor.PASSWORD, Factor.VERIFIED_PASSKEY));
        }
        boolean asked = user.mfaEnabled() || policy.requires(user.roles());
        boolean trusted = devices.trusted(sql, user.id(), policy.trustedDevice(), context);
        if (!asked || Factor.multiple(attempt.proved()) || trusted) {
            return new Step.Done();
        }
        Set<Factor> enrolled = secondFactors.enrolled(sql, user);
        return enrolled.isEmpty() ? new Step.Enrol() : new Step.AskFactor(enrolled);
    }
}
