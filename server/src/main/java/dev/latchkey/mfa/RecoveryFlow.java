package dev.latchkey.mfa;

import dev.latchkey.audit.AuditService;
import dev.latchkey.audit.Detail;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Principal;
import dev.latchkey.core.Problem;
import dev.latchkey.core.RequestContext;
import dev.latchkey.core.Sentence;
import dev.latchkey.core.UserId;
import dev.latchkey.db.Database;
import dev.latchkey.db.Tx;
import dev.latchkey.lifecycle.Aftermath;
import dev.latchkey.otp.LinkKind;
import dev.latchkey.otp.LinkService;
import dev.latchkey.otp.SpentLink;
import dev.latchkey.password.PasswordService;
import dev.latchkey.recovery.Recovery;
import dev.latchkey.recovery.RecoveryEnd;
import dev.latchkey.recovery.RecoveryService;
import dev.latchkey.user.User;
import dev.latchkey.user.UserService;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The way back for whoever lost every second factor. */
public final class RecoveryFlow {
    private final Database database;
    private final UserService users;
    private final RecoveryService recoveries;
    private final LinkService links;
    private final WaitingLogins logins;
    private final PasswordService passwords;
    private final ProvePassword provePassword;
    private final HasSecondFactor hasSecondFactor;
    private final AuditService audit;

    public RecoveryFlow(
            Database database,
            UserService users,
            RecoveryService recoveries,
            LinkService links,
            WaitingLogins logins,
            PasswordService passwords,
            ProvePassword provePassword,
            HasSecondFactor hasSecondFactor,
            AuditService audit) {
        this.database = database;
        this.users = users;
        this.recoveries = recoveries;
        this.links = links;
        this.logins = logins;
        this.passwords = passwords;
        this.provePassword = provePassword;
        this.hasSecondFactor = hasSecondFactor;
        this.audit = audit;
    }

    /**
     * Begins the wait of a login that cannot go on; the owner gets a mail that cancels or, later, completes it. Where there is a
     * password the login must have proved it: the mailbox completes the recovery, and must not begin it too.
     *
     * @return when it can be completed
     * @throws Problem LOGIN_EXPIRED; CONFLICT where the account has a password and the login proved a mailbox
     */
    public Instant request(String handle, RequestContext context) {
        WaitingLogins.Waiting login = logins.challenged(handle, context);
        return database.tx(tx -> {
            if (!users.guard(tx, login.user(), login.epoch())) {
                throw Problem.of(ErrorCode.LOGIN_EXPIRED, "the account changed during the login");
            }
            if (login.mailboxAlone() && passwords.storedHash(tx, login.user()).isPresent()) {
                throw Problem.of(ErrorCode.CONFLICT)
                        .message(
                                "recovery_needs_password",
                                "Sign in with your password first, not with a mailed code. Then begin this again.");
            }
            return begin(tx, login.user(), login.epoch(), context);
        });
    }

    /**
     * The same for whoever is signed in and cannot change anything, because their account has a second factor that logins did not
     * ask for. The password makes it as strong as beginning from a login.
     *
     * @return when it can be completed
     * @throws Problem INVALID_CREDENTIALS, ACCOUNT_LOCKED; NOT_FOUND where there is no second factor
     */
    public Instant request(Principal.SignedIn principal, String password, RequestContext context) {
        provePassword.prove(principal, password, context);
        return database.tx(tx -> {
            if (!users.guard(tx, principal.user(), principal.epoch())) {
                throw Problem.of(ErrorCode.TOKEN_REVOKED);
            }
            User user = users.byId(tx, principal.user()).orElseThrow();
            if (!hasSecondFactor.test(tx, user)) {
                throw Problem.of(ErrorCode.NOT_FOUND).message("no_factor", "This account has no second factor.");
            }
            return begin(tx, user.id(), principal.epoch(), context);
        });
    }

    /** Whose login that cannot go on it is; empty for a handle that is not known. */
    Optional<String> asking(String handle) {
        return logins.user(handle);
    }

    private Instant begin(Tx tx, UserId user, long epoch, RequestContext context) {
        Optional<Recovery> underWay = recoveries.find(tx, user).filter(recovery -> recovery.epoch() == epoch);
        Recovery recovery = recoveries.request(tx, user, epoch);
        SecurityEvent event = SecurityEvent.of(EventType.RECOVERY_REQUESTED, context)
                .about(user)
                .with(Detail.UNTIL, recovery.readyAt().toString());
        // Whoever asks again was promised a mail, and has it not.
        audit.record(tx, underWay.isPresent() ? event.with(Detail.REASON, Aftermath.ASKED_AGAIN) : event);
        return recovery.readyAt();
    }

    /** @throws Problem INVALID_LINK */
    public void cancel(String token, RequestContext context) {
        database.tx(tx -> {
            SpentLink link = links.spend(tx, LinkKind.RECOVERY, token).orElseThrow(RecoveryFlow::invalid);
            UserId user = link.user().orElseThrow(RecoveryFlow::invalid);
            if (!recoveries.cancel(tx, user)) {
                throw invalid();
            }
            audit.record(
                    tx, SecurityEvent.of(EventType.RECOVERY_CANCELLED, context).byUser(user));
            return user;
        });
    }

    /**
     * Removes the account's second factors once the wait is over. Opens no session.
     *
     * @throws Problem INVALID_LINK; CONFLICT while the wait or the approval is outstanding, which leaves the link good
     */
    public void complete(String token, RequestContext context) {
        database.tx(tx -> {
            SpentLink link = links.peek(tx, LinkKind.RECOVERY, token).orElseThrow(RecoveryFlow::invalid);
            UserId id = link.user().orElseThrow(RecoveryFlow::invalid);
            if (!users.guard(tx, id, link.epoch())) {
                throw invalid();
            }
            User user = users.byId(tx, id).orElseThrow(RecoveryFlow::invalid);
            switch (recoveries.complete(tx, id, link.epoch())) {
                case RecoveryEnd.Completed ignored -> completed(tx, user, token, context);
                case RecoveryEnd.TooEarly early ->
                    throw Problem.of(ErrorCode.CONFLICT)
                            .message(new Sentence(
                                    "recovery_too_early",
                                    "The waiting time is not over. Open this link again after " + early.readyAt() + ".",
                                    Map.of(Sentence.TIME, early.readyAt().toString())));
                case RecoveryEnd.NotApproved ignored ->
                    throw Problem.of(ErrorCode.CONFLICT)
                            .message(
                                    "recovery_not_approved",
                                    "An administrator has to approve this first. Open the link again later.");
                case RecoveryEnd.None ignored -> throw invalid();
            }
            return id;
        });
    }

    private void completed(Tx tx, User user, String token, RequestContext context) {
        links.spend(tx, LinkKind.RECOVERY, token);
        // What follows from it removes the factors: recovering is the consequence of this event alone.
        audit.record(tx, SecurityEvent.of(EventType.RECOVERY_COMPLETED, context).byUser(user.id()));
    }

    private static Problem invalid() {
        return Problem.of(ErrorCode.INVALID_LINK);
    }
}
