package dev.latchkey.account;

import dev.latchkey.audit.AuditService;
import dev.latchkey.audit.Detail;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Principal;
import dev.latchkey.core.Problem;
import dev.latchkey.core.RequestContext;
import dev.latchkey.core.StepUp;
import dev.latchkey.core.TimeFloor;
import dev.latchkey.core.UserId;
import dev.latchkey.db.Database;
import dev.latchkey.db.Tx;
import dev.latchkey.lifecycle.Aftermath;
import dev.latchkey.user.Consent;
import dev.latchkey.user.User;
import dev.latchkey.user.UserDirectory;
import dev.latchkey.user.UserService;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** What a user reads and changes of themselves. */
public final class ProfileFlow {
    private final Database database;
    private final UserService users;
    private final UserDirectory directory;
    private final AccountMails mails;
    private final ProveAgain proveAgain;
    private final RequireTwoFactors twoFactors;
    private final AuditService audit;
    private final TimeFloor floor;
    private final StepUp stepUp;
    private final RegistrationConfig registration;
    private final Clock clock;

    public ProfileFlow(
            Database database,
            UserService users,
            UserDirectory directory,
            AccountMails mails,
            ProveAgain proveAgain,
            RequireTwoFactors twoFactors,
            AuditService audit,
            TimeFloor floor,
            StepUp stepUp,
            RegistrationConfig registration,
            Clock clock) {
        this.database = database;
        this.users = users;
        this.directory = directory;
        this.mails = mails;
        this.proveAgain = proveAgain;
        this.twoFactors = twoFactors;
        this.audit = audit;
        this.floor = floor;
        this.stepUp = stepUp;
        this.registration = registration;
        this.clock = clock;
    }

    public User me(Principal.SignedIn principal) {
        return directory.find(principal.user()).orElseThrow(ProfileFlow::gone);
    }

    /**
     * Whether the session proved what a change of the address or the deletion asks for beside the password: two factors where
     * there are two.
     *
     * @throws Problem REAUTHENTICATION_REQUIRED
     */
    public void requireTwoFactors(Principal.SignedIn principal) {
        database.read(sql -> {
            User user = users.byId(sql, principal.user()).orElseThrow(ProfileFlow::gone);
            twoFactors.require(sql, user, principal);
            return user;
        });
    }

    /** Applies the change. A new address waits for its proof; the old one stays in force until then. */
    public User change(Principal.SignedIn principal, ProfileChange change, RequestContext context) {
        Optional<EmailAddress> email = change.address();
        if (email.isPresent()) {
            requireTwoFactors(principal);
            requireRecent(principal, change.currentPassword(), context);
        }
        long startedAt = System.nanoTime();
        User changed = database.tx(tx -> {
            if (!users.guard(tx, principal.user(), principal.epoch())) {
                throw gone();
            }
            User user = users.byId(tx, principal.user()).orElseThrow(ProfileFlow::gone);
            if (email.isPresent()) {
                twoFactors.require(tx, user, principal);
            }
            if (!change.fields().isEmpty()) {
                users.updateProfile(tx, user.id(), change.appliedTo(user.profile()), change.metadata(user));
                audit.record(
                        tx,
                        SecurityEvent.of(EventType.PROFILE_UPDATED, context)
                                .byUser(user.id())
                                .with(Detail.FIELDS, String.join(" ", change.fields())));
            }
            email.filter(wanted -> !wanted.folded().equals(user.email().folded()))
                    .ifPresent(wanted -> requestEmail(tx, user, wanted, context));
            return users.byId(tx, user.id()).orElseThrow(ProfileFlow::gone);
        });
        if (email.isPresent()) {
            floor.await(startedAt);
        }
        return changed;
    }

    private void requestEmail(Tx tx, User user, EmailAddress wanted, RequestContext context) {
        users.requestEmail(tx, user, wanted);
        // The answer is the same for a taken address; only its owner learns of it, by mail.
        Optional<User> owner = users.byEmail(tx, user.tenant(), wanted);
        if (owner.isPresent()) {
            mails.takenInsteadOfLink(tx, owner.get());
        } else {
            mails.verification(tx, user, wanted);
        }
        audit.record(
                tx,
                SecurityEvent.of(EventType.EMAIL_CHANGE_REQUESTED, context)
                        .byUser(user.id())
                        .with(Aftermath.NEW_EMAIL, wanted.asTyped()));
    }

    private void requireRecent(Principal.SignedIn principal, Optional<String> password, RequestContext context) {
        if (password.isPresent()) {
            proveAgain.prove(principal, password.get(), context);
        } else {
            stepUp.require(principal);
        }
    }

    /**
     * Erases the account with all that belongs to it.
     *
     * @throws Problem REAUTHENTICATION_REQUIRED, INVALID_CREDENTIALS; CONFLICT for the last administrator
     */
    public void delete(Principal.SignedIn principal, String password, RequestContext context) {
        requireTwoFactors(principal);
        proveAgain.prove(principal, password, context);
        database.tx(tx -> {
            List<UserId> administrators = users.lockAdministrators(tx, context.tenant());
            if (administrators.equals(List.of(principal.user()))) {
                throw Problem.of(ErrorCode.CONFLICT)
                        .message(
                                "last_administrator",
                                "You are the last administrator. Give another account the role first.");
            }
            if (!users.guard(tx, principal.user(), principal.epoch())) {
                throw gone();
            }
            User user = users.byId(tx, principal.user()).orElseThrow(ProfileFlow::gone);
            twoFactors.require(tx, user, principal);
            // Before the row goes: the event is sealed under the user's salt, and the last mail needs the address.
            audit.record(
                    tx, SecurityEvent.of(EventType.ACCOUNT_DELETED, context).byUser(principal.user()));
            users.erase(tx, principal.user());
            return principal.user();
        });
    }

    public List<Consent> consents(Principal.SignedIn principal) {
        return database.read(sql -> users.consents(sql, principal.user()));
    }

    public List<Consent> recordConsents(Principal.SignedIn principal, ConsentsInput input, RequestContext context) {
        List<Consent> decisions =
                input.decisions(registration.consentVersion(), context.address().text(), clock.instant());
        return database.tx(tx -> {
            if (!users.guard(tx, principal.user(), principal.epoch())) {
                throw gone();
            }
            decisions.stream()
                    .filter(consent -> users.recordConsent(tx, principal.user(), consent))
                    .forEach(consent -> audit.record(
                            tx,
                            SecurityEvent.of(EventType.CONSENT_RECORDED, context)
                                    .byUser(principal.user())
                                    .with("kind", consent.kind().wireName())
                                    .with("granted", Boolean.toString(consent.granted()))
                                    .with("version", consent.version())));
            return users.consents(tx, principal.user());
        });
    }

    private static Problem gone() {
        return Problem.of(ErrorCode.TOKEN_REVOKED);
    }
}
