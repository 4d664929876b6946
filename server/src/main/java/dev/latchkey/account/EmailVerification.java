package dev.latchkey.account;

import dev.latchkey.audit.AuditService;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Principal;
import dev.latchkey.core.Problem;
import dev.latchkey.core.RequestContext;
import dev.latchkey.core.TimeFloor;
import dev.latchkey.db.Database;
import dev.latchkey.db.Tx;
import dev.latchkey.lifecycle.Aftermath;
import dev.latchkey.lifecycle.MailboxProof;
import dev.latchkey.otp.LinkKind;
import dev.latchkey.otp.LinkService;
import dev.latchkey.otp.SpentLink;
import dev.latchkey.session.KnownDevices;
import dev.latchkey.user.User;
import dev.latchkey.user.UserService;
import java.util.Optional;

/** Proves e-mail addresses: the one an account was made with, and one that takes its place. */
public final class EmailVerification {
    private final Database database;
    private final UserService users;
    private final LinkService links;
    private final AccountMails mails;
    private final MailboxProof mailbox;
    private final KnownDevices devices;
    private final AuditService audit;
    private final TimeFloor floor;

    /**
     * An address that was proved.
     *
     * @param resetToken where others may have set what was there: it is gone, and this sets a new password
     */
    record Verified(User user, Optional<String> resetToken) {
        @Override
        public String toString() {
            return "Verified[" + user.id() + "]";
        }
    }

    public EmailVerification(
            Database database,
            UserService users,
            LinkService links,
            AccountMails mails,
            MailboxProof mailbox,
            KnownDevices devices,
            AuditService audit,
            TimeFloor floor) {
        this.database = database;
        this.users = users;
        this.links = links;
        this.mails = mails;
        this.mailbox = mailbox;
        this.devices = devices;
        this.audit = audit;
        this.floor = floor;
    }

    /** Sends a new link, if there is an unverified account of this address; writes as much if there is none. */
    public void resend(EmailAddress email, RequestContext context) {
        long startedAt = System.nanoTime();
        database.tx(tx -> {
            Optional<User> waiting = users.lockByEmail(tx, context.tenant(), email)
                    .filter(user -> user.isActive() && !user.emailVerified());
            SecurityEvent event = SecurityEvent.of(EventType.EMAIL_VERIFICATION_SENT, context);
            if (waiting.isPresent()) {
                mails.verification(tx, waiting.get(), waiting.get().email());
                audit.record(tx, event.about(waiting.get().id()));
            } else {
                mails.nobody(tx, context.tenant(), LinkKind.VERIFY_EMAIL);
                audit.record(tx, event.failed("nothing_to_verify"));
            }
            return waiting.isPresent();
        });
        floor.await(startedAt);
    }

    /**
     * Spends a link: the address it was sent to is proved. Where somebody else may have set what the account has, that is removed.
     *
     * @param principal who is signed in where the link is opened
     * @throws Problem INVALID_LINK
     */
    Verified verify(String token, Principal principal, RequestContext context) {
        return database.tx(tx -> {
            SpentLink link = links.spend(tx, LinkKind.VERIFY_EMAIL, token).orElseThrow(EmailVerification::invalid);
            User user = link.user()
                    .filter(id -> users.guard(tx, id, link.epoch()))
                    .flatMap(id -> users.byId(tx, id))
                    .orElseThrow(EmailVerification::invalid);
            boolean first = !user.emailVerified() && user.email().folded().equals(link.subject());
            if (first && mailbox.leavesDoubt(tx, user, isKnown(tx, user, principal, context))) {
                return claim(tx, user, context);
            }
            if (!apply(tx, user, link.subject(), context)) {
                throw invalid();
            }
            return new Verified(users.byId(tx, user.id()).orElseThrow(), Optional.empty());
        });
    }

    private boolean isKnown(Tx tx, User user, Principal principal, RequestContext context) {
        boolean signedIn = switch (principal) {
            case Principal.Anonymous ignored -> false;
            case Principal.SignedIn someone -> someone.user().equals(user.id());
        };
        return signedIn || devices.recognise(tx, user.id(), context).isPresent();
    }

    private Verified claim(Tx tx, User user, RequestContext context) {
        mailbox.claim(tx, user, context);
        User owned = users.byId(tx, user.id()).orElseThrow();
        String token = links.create(tx, owned.tenant(), LinkKind.RESET_PASSWORD, owned.id(), owned.epoch(), "");
        return new Verified(owned, Optional.of(token));
    }

    private boolean apply(Tx tx, User user, String folded, RequestContext context) {
        if (users.verifyEmail(tx, user.id(), folded)) {
            audit.record(tx, SecurityEvent.of(EventType.EMAIL_VERIFIED, context).byUser(user.id()));
            return true;
        }
        if (users.completeEmailChange(tx, user, folded)) {
            audit.record(
                    tx,
                    SecurityEvent.of(EventType.EMAIL_CHANGED, context)
                            .byUser(user.id())
                            .with(Aftermath.FORMER_EMAIL, user.email().asTyped())
                            .with(
                                    Aftermath.NEW_EMAIL,
                                    user.pendingEmail()
                                            .map(EmailAddress::asTyped)
                                            .orElse(folded)));
            return true;
        }
        return false;
    }

    private static Problem invalid() {
        return Problem.of(ErrorCode.INVALID_LINK);
    }
}
