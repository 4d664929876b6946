package dev.latchkey.account;

import dev.latchkey.audit.AuditService;
import dev.latchkey.audit.Detail;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import dev.latchkey.core.RequestContext;
import dev.latchkey.core.UserId;
import dev.latchkey.db.Database;
import dev.latchkey.db.Tx;
import dev.latchkey.lifecycle.Aftermath;
import dev.latchkey.otp.LinkKind;
import dev.latchkey.otp.LinkService;
import dev.latchkey.otp.SpentLink;
import dev.latchkey.user.User;
import dev.latchkey.user.UserService;

/** What the links in security mails do: "this wasn't me", and unlock. They outlive the epoch that they answer to. */
public final class Disavowal {
    private final Database database;
    private final UserService users;
    private final LinkService links;
    private final AccountMails mails;
    private final AuditService audit;

    public Disavowal(Database database, UserService users, LinkService links, AccountMails mails, AuditService audit) {
        this.database = database;
        this.users = users;
        this.links = links;
        this.mails = mails;
        this.audit = audit;
    }

    /**
     * Ends every session, voids the password and unfinished changes, removes the second factor that the mail told of and what was
     * added since, brings the address back that the link was mailed to, and
     * mails a link for a new password there; never to another address, which may be the thief's.
     *
     * @throws Problem INVALID_LINK
     */
    void disown(String token, RequestContext context) {
        database.tx(tx -> {
            SpentLink link = links.spend(tx, LinkKind.DISAVOW, token).orElseThrow(Disavowal::invalid);
            UserId id = link.user().orElseThrow(Disavowal::invalid);
            EmailAddress mailedTo = EmailAddress.parse(link.subject()).orElseThrow(Disavowal::invalid);
            requireOwner(tx, id, mailedTo);
            audit.record(tx, disowned(link, context).byUser(id));
            User user = users.byId(tx, id).orElseThrow(Disavowal::invalid);
            restore(tx, user, mailedTo, context);
            users.byId(tx, id)
                    .filter(restored ->
                            restored.isActive() && restored.email().folded().equals(mailedTo.folded()))
                    .ifPresent(restored -> mails.reset(tx, restored));
            return id;
        });
    }

    private static SecurityEvent disowned(SpentLink link, RequestContext context) {
        SecurityEvent event = SecurityEvent.of(EventType.CHANGE_DISOWNED, context)
                .with(Aftermath.SINCE, link.createdAt().toString());
        return link.factor()
                .map(factor -> event.with(Detail.FACTOR, factor.kind()).with(Detail.FACTOR_ID, factor.id()))
                .orElse(event);
    }

    /** @throws Problem INVALID_LINK */
    void unlock(String token, RequestContext context) {
        database.tx(tx -> {
            UserId id = links.spend(tx, LinkKind.UNLOCK, token)
                    .flatMap(SpentLink::user)
                    .orElseThrow(Disavowal::invalid);
            audit.record(
                    tx,
                    SecurityEvent.of(EventType.USER_UNLOCKED, context)
                            .byUser(id)
                            .with(Detail.REASON, "mailed_link"));
            return id;
        });
    }

    boolean isValid(LinkKind kind, String token) {
        return database.read(sql -> links.peek(sql, kind, token)).isPresent();
    }

    /** The mailbox of the address in force, or one that was proved before it was left; any other has no say. */
    private void requireOwner(Tx tx, UserId id, EmailAddress mailedTo) {
        User user = users.byId(tx, id).orElseThrow(Disavowal::invalid);
        if (!user.email().folded().equals(mailedTo.folded()) && !users.hasLeft(tx, id, mailedTo)) {
            throw invalid();
        }
    }

    private void restore(Tx tx, User user, EmailAddress former, RequestContext context) {
        if (user.email().folded().equals(former.folded())) {
            return;
        }
        users.requestEmail(tx, user, former);
        User asking = users.byId(tx, user.id()).orElseThrow(Disavowal::invalid);
        if (users.completeEmailChange(tx, asking, former.folded())) {
            audit.record(
                    tx,
                    SecurityEvent.of(EventType.EMAIL_CHANGED, context)
                            .byUser(user.id())
                            .with(Detail.REASON, "disowned")
                            .with(Aftermath.NEW_EMAIL, former.asTyped()));
        } else {
            users.forgetPendingEmail(tx, user.id());
        }
    }

    private static Problem invalid() {
        return Problem.of(ErrorCode.INVALID_LINK);
    }
}
