package dev.latchkey.login;

import dev.latchkey.audit.AuditService;
import dev.latchkey.audit.Detail;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.FieldError;
import dev.latchkey.core.Principal;
import dev.latchkey.core.Problem;
import dev.latchkey.core.RequestContext;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import dev.latchkey.lockout.FailureOutcome;
import dev.latchkey.lockout.LockState;
import dev.latchkey.lockout.LockoutService;
import dev.latchkey.password.PasswordService;
import dev.latchkey.recovery.RecoveryService;
import dev.latchkey.session.KnownDevices;
import dev.latchkey.session.SessionService;
import dev.latchkey.user.User;
import dev.latchkey.user.UserService;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** A signed-in user proves once more who they are (step-up): under the same lockout as a login, and with a new session id. */
public final class Reauthentication {
    /** What became of a second factor; each commits. */
    private sealed interface Raised {
        record Open(SignedIn signedIn) implements Raised {}

        record Wrong(ErrorCode code) implements Raised {}

        record Gone() implements Raised {}
    }

    private record Known(User user, Optional<String> hash, Optional<String> device, LockState lock) {}

    private final Database database;
    private final UserService users;
    private final PasswordService passwords;
    private final LockoutService lockout;
    private final KnownDevices devices;
    private final SecondFactors secondFactors;
    private final RecoveryService recoveries;
    private final SessionRenewal renewal;
    private final AuditService audit;

    public Reauthentication(
            Database database,
            UserService users,
            PasswordService passwords,
            LockoutService lockout,
            KnownDevices devices,
            SessionService sessions,
            SecondFactors secondFactors,
            RecoveryService recoveries,
            SignIn signIn,
            AuditService audit) {
        this.database = database;
        this.users = users;
        this.passwords = passwords;
        this.lockout = lockout;
        this.devices = devices;
        this.secondFactors = secondFactors;
        this.recoveries = recoveries;
        this.renewal = new SessionRenewal(users, sessions, signIn, audit);
        this.audit = audit;
    }

    /**
     * Checks the current password; nothing else changes. Where there is none, no try counts as a failure.
     *
     * @throws Problem INVALID_CREDENTIALS or ACCOUNT_LOCKED
     */
    public void prove(Principal.SignedIn principal, String password, RequestContext context) {
        Known known = database.read(sql -> {
            User user = users.byId(sql, principal.user()).orElseThrow(() -> Problem.of(ErrorCode.TOKEN_REVOKED));
            Optional<String> device = devices.recognise(sql, user.id(), context);
            return new Known(user, passwords.storedHash(sql, user.id()), device, lock(sql, user, device));
        });
        if (known.lock() instanceof LockState.Locked locked) {
            throw locked(known, locked, context);
        }
        if (known.hash().isEmpty()) {
            // Whoever is signed in may know it; and a guess that cannot be right is no step towards anything.
            throw Problem.of(ErrorCode.INVALID_CREDENTIALS)
                    .message("no_password_yet", "This account has no password yet. Ask for a link to choose one.");
        }
        if (!passwords.verify(known.hash(), password, context.address()).matches()) {
            failed(known, context);
            throw Problem.of(ErrorCode.INVALID_CREDENTIALS)
                    .message("wrong_current_password", "The current password is not right.");
        }
        // Again: of many guesses at once, all were let in before the first of them was counted.
        if (database.read(sql -> lock(sql, known.user(), known.device())) instanceof LockState.Locked locked) {
            throw locked(known, locked, context);
        }
    }

    private Problem locked(Known known, LockState.Locked locked, RequestContext context) {
        database.tx(tx -> {
            audit.record(tx, failure(known, "locked", context));
            return locked;
        });
        return lockout.refusal(locked);
    }

    private static SecurityEvent failure(Known known, String reason, RequestContext context) {
        return SecurityEvent.of(EventType.REAUTHENTICATION_FAILED, context)
                .byUser(known.user().id())
                .with(Detail.REASON, reason);
    }

    private LockState lock(Sql sql, User user, Optional<String> device) {
        return lockout.check(sql, user.tenant(), user.email().folded(), device);
    }

    /**
     * Proves the password and moves the session to a new id with a fresh {@code auth_time}; the old one ends. Not where the account
     * has a second factor: whoever has the session and the password would make an old proof of that factor look new.
     *
     * @throws Problem MFA_REQUIRED with the methods that do, INVALID_CREDENTIALS, ACCOUNT_LOCKED, TOKEN_REVOKED
     */
    public SignedIn raise(Principal.SignedIn principal, String password, RequestContext context) {
        Set<Factor> ways = ways(principal);
        if (ways.stream().anyMatch(Factor::second)) {
            throw factorAsked(ways);
        }
        prove(principal, password, context);
        return database.tx(tx -> renewal.renew(tx, principal, Factor.PASSWORD, context))
                .orElseThrow(() -> Problem.of(ErrorCode.TOKEN_REVOKED));
    }

    private static Problem factorAsked(Set<Factor> ways) {
        return Problem.of(ErrorCode.MFA_REQUIRED)
                .message("prove_factor", "This account has a second factor. Confirm with that instead of the password.")
                .details(ways.stream()
                        .map(way -> new FieldError("methods", way.method(), "A second factor of this account."))
                        .toList());
    }

    /** What the user can prove themselves with: a second factor where there is one, else the password. */
    public Set<Factor> ways(Principal.SignedIn principal) {
        return database.read(sql -> {
            User user = users.byId(sql, principal.user()).orElseThrow(() -> Problem.of(ErrorCode.TOKEN_REVOKED));
            Set<Factor> factors = secondFactors.enrolled(sql, user);
            if (factors.isEmpty() && passwords.storedHash(sql, user.id()).isPresent()) {
                return EnumSet.of(Factor.PASSWORD);
            }
            return factors;
        });
    }

    /**
     * The same by a second factor, which may make two factors of what the session had proved.
     *
     * @throws Problem INVALID_MFA_CODE, INVALID_PASSKEY, TOKEN_REVOKED
     */
    public SignedIn raise(Principal.SignedIn principal, Proof.Second proof, RequestContext context) {
        Raised raised = database.tx(tx -> {
            Optional<User> user = users.guard(tx, principal.user(), principal.epoch())
                    ? users.byId(tx, principal.user())
                    : Optional.empty();
            return user.map(found -> raise(tx, principal, found, proof, context))
                    .orElseGet(Raised.Gone::new);
        });
        return switch (raised) {
            case Raised.Open open -> open.signedIn();
            case Raised.Wrong wrong -> throw Problem.of(wrong.code());
            case Raised.Gone ignored -> throw Problem.of(ErrorCode.TOKEN_REVOKED);
        };
    }

    private Raised raise(Tx tx, Principal.SignedIn principal, User user, Proof.Second proof, RequestContext context) {
        Proof.Second bound = Proof.boundTo(TextedCodes.ofSession(principal.session()), proof);
        return switch (secondFactors.spend(tx, user, bound, EventType.REAUTHENTICATION_FAILED, context)) {
            case SecondFactors.Check.Wrong wrong -> new Raised.Wrong(wrong.code());
            case SecondFactors.Check.Right right -> {
                cancelRecovery(tx, user, context);
                yield renewal.renew(tx, principal, right.factor(), context)
                        .<Raised>map(Raised.Open::new)
                        .orElseGet(Raised.Gone::new);
            }
        };
    }

    /** Whoever proves a factor has not lost it: a recovery was somebody else's, or is not needed any more. */
    private void cancelRecovery(Tx tx, User user, RequestContext context) {
        if (recoveries.cancel(tx, user.id())) {
            audit.record(
                    tx,
                    SecurityEvent.of(EventType.RECOVERY_CANCELLED, context)
                            .byUser(user.id())
                            .with(Detail.REASON, "stepped_up"));
        }
    }

    private void failed(Known known, RequestContext context) {
        User user = known.user();
        database.tx(tx -> {
            FailureOutcome outcome =
                    lockout.failed(tx, user.tenant(), user.email().folded(), known.device());
            audit.record(tx, failure(known, "wrong_credentials", context));
            if (outcome instanceof FailureOutcome.NowLocked locked) {
                audit.record(
                        tx,
                        SecurityEvent.of(EventType.USER_LOCKED, context)
                                .about(user.id())
                                .with(Detail.REASON, "too_many_failures")
                                .with(Detail.UNTIL, locked.until().toString()));
            }
            return outcome;
        });
    }
}
