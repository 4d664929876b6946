package dev.latchkey.account;

import dev.latchkey.audit.AuditService;
import dev.latchkey.audit.Detail;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import dev.latchkey.core.RequestContext;
import dev.latchkey.core.TimeFloor;
import dev.latchkey.core.UserId;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import dev.latchkey.lifecycle.MailboxProof;
import dev.latchkey.otp.LinkKind;
import dev.latchkey.otp.LinkService;
import dev.latchkey.otp.SpentLink;
import dev.latchkey.password.PasswordOwner;
import dev.latchkey.password.PasswordService;
import dev.latchkey.user.User;
import dev.latchkey.user.UserService;
import java.util.List;
import java.util.Optional;

/** Forgotten passwords, and the first password of an invited account. */
public final class PasswordRecovery {
    private record Recovering(LinkKind kind, User user, List<String> recent) {}

    private final Database database;
    private final UserService users;
    private final PasswordService passwords;
    private final NewPassword newPassword;
    private final LinkService links;
    private final AccountMails mails;
    private final MailboxProof mailbox;
    private final AuditService audit;
    private final TimeFloor floor;

    public PasswordRecovery(
            Database database,
            UserService users,
            PasswordService passwords,
            NewPassword newPassword,
            LinkService links,
            AccountMails mails,
            MailboxProof mailbox,
            AuditService audit,
            TimeFloor floor) {
        this.database = database;
        this.users = users;
        this.passwords = passwords;
        this.newPassword = newPassword;
        this.links = links;
        this.mails = mails;
        this.mailbox = mailbox;
        this.audit = audit;
        this.floor = floor;
    }

    /** Sends a link if the address has an account; writes as much if it has none. */
    public void forgot(EmailAddress email, RequestContext context) {
        long startedAt = System.nanoTime();
        database.tx(tx -> {
            Optional<User> user = users.lockByEmail(tx, context.tenant(), email).filter(User::isActive);
            SecurityEvent event = SecurityEvent.of(EventType.PASSWORD_RESET_REQUESTED, context);
            if (user.isPresent()) {
                mails.reset(tx, user.get());
                audit.record(tx, event.about(user.get().id()));
            } else {
                mails.nobody(tx, context.tenant(), LinkKind.RESET_PASSWORD);
                audit.record(
                        tx,
                        event.failed("unknown")
                                .with(Detail.NAME_HASH, audit.nameHash(context.tenant(), email.folded())));
            }
            return user.isPresent();
        });
        floor.await(startedAt);
    }

    /**
     * Sets a new password by a mailed link. A password that is refused leaves the link alive.
     *
     * @param field the request field that errors of the password name
     * @throws Problem INVALID_LINK, VALIDATION_ERROR
     */
    void reset(String token, String field, String password, RequestContext context) {
        Recovering recovering = database.read(sql -> look(sql, token)).orElseThrow(PasswordRecovery::invalid);
        User user = recovering.user();
        NewPassword.Accepted accepted = newPassword.accept(
                field, password, PasswordOwner.of(user.email(), user.profile().name()), recovering.recent(), context);
        database.tx(tx -> {
            SpentLink link = links.spend(tx, recovering.kind(), token).orElseThrow(PasswordRecovery::invalid);
            UserId id = link.user()
                    .filter(owner -> users.guard(tx, owner, link.epoch()))
                    .orElseThrow(PasswordRecovery::invalid);
            set(tx, users.byId(tx, id).orElseThrow(), recovering.kind(), accepted, context);
            return id;
        });
    }

    private void set(Tx tx, User user, LinkKind kind, NewPassword.Accepted accepted, RequestContext context) {
        if (!user.emailVerified()) {
            claim(tx, user, kind, context);
        }
        passwords.set(tx, user.id(), accepted.hash());
        SecurityEvent event =
                SecurityEvent.of(EventType.PASSWORD_RESET, context).byUser(user.id());
        newPassword.auditBreachCheck(tx, accepted, event);
        audit.record(tx, event);
    }

    /** Whoever opened the link owns the mailbox. Unless it was an invitation, someone else may have made the account. */
    private void claim(Tx tx, User user, LinkKind kind, RequestContext context) {
        if (kind == LinkKind.INVITE) {
            users.verifyEmail(tx, user.id(), user.email().folded());
            return;
        }
        mailbox.byOtherMail(tx, user, context);
    }

    private Optional<Recovering> look(Sql sql, String token) {
        for (LinkKind kind : List.of(LinkKind.RESET_PASSWORD, LinkKind.INVITE)) {
            Optional<Recovering> found = links.peek(sql, kind, token)
                    .flatMap(link ->
                            link.user().flatMap(id -> users.byId(sql, id)).filter(user -> user.epoch() == link.epoch()))
                    .map(user ->
                            new Recovering(kind, user, passwords.recentHashes(sql, user.id(), passwords.policy())));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Problem invalid() {
        return Problem.of(ErrorCode.INVALID_LINK);
    }
}
