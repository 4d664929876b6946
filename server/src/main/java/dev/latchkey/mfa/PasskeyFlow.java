package dev.latchkey.mfa;

import dev.latchkey.audit.AuditService;
import dev.latchkey.audit.Detail;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.PasskeyId;
import dev.latchkey.core.Principal;
import dev.latchkey.core.Problem;
import dev.latchkey.core.RequestContext;
import dev.latchkey.core.Sentence;
import dev.latchkey.core.UserId;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import dev.latchkey.passkey.AuthenticatorModel;
import dev.latchkey.passkey.NewPasskey;
import dev.latchkey.passkey.Passkey;
import dev.latchkey.passkey.PasskeyOwner;
import dev.latchkey.passkey.PasskeyRefusal;
import dev.latchkey.passkey.PasskeyService;
import dev.latchkey.passkey.RegistrationCheck;
import dev.latchkey.passkey.RegistrationOutcome;
import dev.latchkey.passkey.RegistrationResponse;
import dev.latchkey.passkey.RegistrationStart;
import dev.latchkey.user.User;
import dev.latchkey.user.UserService;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What users do with their passkeys. */
public final class PasskeyFlow {
    /**
     * Who may register one.
     *
     * @param epoch the user's, under which the right to do this was proved
     * @param binding what must be the same when the answer comes: a session, or a login that waits
     * @param session empty in the middle of a login
     */
    public record Owner(UserId user, long epoch, String binding, Optional<Principal.SignedIn> session) {
        /** Whoever is signed in, and proved two factors where the account has two. */
        public static Owner signedIn(Principal.SignedIn principal) {
            return new Owner(
                    principal.user(), principal.epoch(), principal.session().value(), Optional.of(principal));
        }

        /** Whoever cannot sign in without a second factor and has none. */
        public static Owner signingIn(UserId user, long epoch, String handle) {
            return new Owner(user, epoch, handle, Optional.empty());
        }
    }

    /**
     * A new passkey.
     *
     * @param backupCodes where the account had no factor before, to be shown once; else empty
     */
    public record Made(Passkey passkey, List<String> backupCodes) {
        public Made {
            backupCodes = List.copyOf(backupCodes);
        }

        @Override
        public String toString() {
            return "Made[" + passkey.id() + "]";
        }
    }

    private record Stored(RegistrationOutcome outcome, List<String> backupCodes) {}

    private final Database database;
    private final UserService users;
    private final PasskeyService passkeys;
    private final SecondFactorSwitch secondFactors;
    private final AuditService audit;

    public PasskeyFlow(
            Database database,
            UserService users,
            PasskeyService passkeys,
            SecondFactorSwitch secondFactors,
            AuditService audit) {
        this.database = database;
        this.users = users;
        this.passkeys = passkeys;
        this.secondFactors = secondFactors;
        this.audit = audit;
    }

    /** @throws Problem NOT_FOUND where passkeys cannot be used, CONFLICT where the user has as many as one may */
    public RegistrationStart.Started begin(Owner owner) {
        if (!passkeys.available()) {
            throw Problem.of(ErrorCode.NOT_FOUND)
                    .message("no_passkeys_here", "Passkeys cannot be used at this address.");
        }
        PasskeyOwner person = database.read(sql -> {
            User user = users.byId(sql, owner.user()).orElseThrow(PasskeyFlow::revoked);
            requireProof(sql, user, owner);
            byte[] handle = users.webauthnHandle(sql, user.id()).orElseThrow(PasskeyFlow::revoked);
            return new PasskeyOwner(
                    user.tenant(), user.id(), handle, user.email().asTyped(), user.displayName());
        });
        return switch (passkeys.beginRegistration(person, owner.binding())) {
            case RegistrationStart.Started started -> started;
            case RegistrationStart.TooMany most -> throw tooMany(most.limit());
        };
    }

    /** @throws Problem PASSKEY_NOT_REGISTERED for every reason; the audit has the reason */
    public Made register(
            Owner owner, String sessionId, RegistrationResponse answer, Optional<String> name, RequestContext context) {
        return register(owner, sessionId, answer, name, PasskeyService.UNNAMED, context);
    }

    /**
     * The same for a person who reads another language.
     *
     * @param unnamed what it is called where it has no name and its model is unknown
     */
    public Made register(
            Owner owner,
            String sessionId,
            RegistrationResponse answer,
            Optional<String> name,
            String unnamed,
            RequestContext context) {
        return switch (passkeys.verifyRegistration(
                context.tenant(), owner.user(), sessionId, owner.binding(), answer)) {
            case RegistrationCheck.Verified verified -> store(owner, verified.passkey(), name, unnamed, context);
            case RegistrationCheck.Refused refused -> throw refused(owner.user(), refused.refusal(), context);
        };
    }

    public List<Passkey> list(Principal.SignedIn principal) {
        return database.read(sql -> passkeys.list(sql, principal.user()));
    }

    /** What is known of the passkey's authenticator. */
    Optional<AuthenticatorModel> model(Passkey passkey) {
        return passkeys.model(passkey.aaguid());
    }

    public void rename(Principal.SignedIn principal, PasskeyId passkey, String name) {
        database.tx(tx -> {
            if (!passkeys.rename(tx, guarded(tx, principal).id(), passkey, name)) {
                throw Problem.of(ErrorCode.NOT_FOUND);
            }
            return name;
        });
    }

    /** @throws Problem NOT_FOUND; MFA_REQUIRED where a role needs a second factor and this is the last */
    public void remove(Principal.SignedIn principal, PasskeyId id, RequestContext context) {
        database.tx(tx -> {
            User user = guarded(tx, principal);
            secondFactors.requireProof(tx, user, principal);
            Passkey removed = passkeys.remove(tx, user.id(), id).orElseThrow(() -> Problem.of(ErrorCode.NOT_FOUND));
            audit.record(tx, event(EventType.FACTOR_REMOVED, principal.user(), removed, context));
            secondFactors.removed(tx, user, context);
            return id;
        });
    }

    private void requireProof(Sql sql, User user, Owner owner) {
        if (owner.session().isPresent()) {
            secondFactors.requireProof(sql, user, owner.session().get());
        } else if (secondFactors.any(sql, user)) {
            throw Problem.of(ErrorCode.LOGIN_EXPIRED, "the account got a second factor meanwhile");
        }
    }

    private Made store(
            Owner owner, NewPasskey verified, Optional<String> name, String unnamed, RequestContext context) {
        Stored stored = database.tx(tx -> {
            requireProof(tx, guarded(tx, owner.user(), owner.epoch()), owner);
            RegistrationOutcome outcome = passkeys.register(tx, verified, name, unnamed);
            return outcome instanceof RegistrationOutcome.Registered registered
                    ? new Stored(outcome, added(tx, owner, registered.passkey(), context))
                    : new Stored(outcome, List.of());
        });
        return switch (stored.outcome()) {
            case RegistrationOutcome.Registered registered -> new Made(registered.passkey(), stored.backupCodes());
            case RegistrationOutcome.Refused refused -> throw refused(owner.user(), refused.refusal(), context);
        };
    }

    private List<String> added(Tx tx, Owner owner, Passkey passkey, RequestContext context) {
        audit.record(tx, event(EventType.FACTOR_ADDED, owner.user(), passkey, context));
        ProvedSession.SetUp kind =
                passkey.userVerified() ? ProvedSession.SetUp.VERIFIED_PASSKEY : ProvedSession.SetUp.PASSKEY;
        return secondFactors.added(tx, owner.user(), owner.session(), kind, context);
    }

    private Problem refused(UserId user, PasskeyRefusal refusal, RequestContext context) {
        SecurityEvent event = SecurityEvent.of(EventType.FACTOR_REFUSED, context)
                .byUser(user)
                .with(Detail.FACTOR, "passkey")
                .with(Detail.REASON, refusal.reason());
        database.tx(tx -> {
            audit.record(tx, event);
            return event;
        });
        return Problem.of(ErrorCode.PASSKEY_NOT_REGISTERED, "refused: " + refusal.reason());
    }

    private User guarded(Tx tx, Principal.SignedIn principal) {
        return guarded(tx, principal.user(), principal.epoch());
    }

    private User guarded(Tx tx, UserId id, long epoch) {
        if (!users.guard(tx, id, epoch)) {
            throw revoked();
        }
        return users.byId(tx, id).orElseThrow(PasskeyFlow::revoked);
    }

    private static SecurityEvent event(EventType type, UserId user, Passkey passkey, RequestContext context) {
        return SecurityEvent.of(type, context)
                .byUser(user)
                .with(Detail.FACTOR, "passkey")
                .with(Detail.FACTOR_ID, passkey.id().value())
                .with(Detail.FACTOR_NAME, passkey.name());
    }

    private static Problem tooMany(int most) {
        return Problem.of(ErrorCode.CONFLICT)
                .message(new Sentence(
                        "most_passkeys",
                        "You have " + most + " passkeys already. Remove one first.",
                        Map.of("most", Integer.toString(most))));
    }

    private static Problem revoked() {
        return Problem.of(ErrorCode.TOKEN_REVOKED);
    }
}
