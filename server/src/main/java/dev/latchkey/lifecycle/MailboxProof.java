package dev.latchkey.lifecycle;

import dev.latchkey.audit.AuditService;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.RequestContext;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import dev.latchkey.passkey.PasskeyService;
import dev.latchkey.password.PasswordService;
import dev.latchkey.password.SignUpAttemptService;
import dev.latchkey.phone.PhoneService;
import dev.latchkey.totp.TotpService;
import dev.latchkey.user.User;
import dev.latchkey.user.UserService;

/**
 * The first proof that somebody reads the mailbox of an account. Whoever gives it owns the account; whether what was set before stays
 * depends on whether somebody else may have set it.
 */
public final class MailboxProof {
    private final UserService users;
    private final PasswordService passwords;
    private final SignUpAttemptService signUpAttempts;
    private final TotpService totp;
    private final PasskeyService passkeys;
    private final PhoneService phones;
    private final AuditService audit;

    public MailboxProof(
            UserService users,
            PasswordService passwords,
            SignUpAttemptService signUpAttempts,
            TotpService totp,
            PasskeyService passkeys,
            PhoneService phones,
            AuditService audit) {
        this.users = users;
        this.passwords = passwords;
        this.signUpAttempts = signUpAttempts;
        this.totp = totp;
        this.passkeys = passkeys;
        this.phones = phones;
        this.audit = audit;
    }

    /**
     * Whether the account's own verification link, too, leaves open who set what is there: others signed up at the address, or a
     * second factor was set up and the link was opened where nobody is known to the account.
     *
     * @param known whether the link was opened in a session or a browser of the account
     */
    public boolean leavesDoubt(Sql sql, User user, boolean known) {
        return signUpAttempts.anotherThanFirst(sql, user.tenant(), user.email()) || (!known && hasFactor(sql, user));
    }

    /** The account is whoever's reads the mailbox, and what was set before is gone. */
    public void claim(Tx tx, User user, RequestContext context) {
        audit.record(tx, SecurityEvent.of(EventType.MAILBOX_CLAIMED, context).byUser(user.id()));
        users.verifyEmail(tx, user.id(), user.email().folded());
    }

    /**
     * The proof came by something else than the account's own verification, such as a mailed code: nobody knows who set what is
     * there. Where nothing can have been set, as at an invited account, the address is verified and no more.
     */
    public void byOtherMail(Tx tx, User user, RequestContext context) {
        if (passwords.storedHash(tx, user.id()).isPresent() || hasFactor(tx, user)) {
            claim(tx, user, context);
            return;
        }
        users.verifyEmail(tx, user.id(), user.email().folded());
        audit.record(tx, SecurityEvent.of(EventType.EMAIL_VERIFIED, context).byUser(user.id()));
    }

    private boolean hasFactor(Sql sql, User user) {
        return passkeys.enrolled(sql, user.id()) || totp.enrolled(sql, user.id()) || phones.enrolled(sql, user.id());
    }
}
