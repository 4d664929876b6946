package dev.latchkey.mfa;

import dev.latchkey.audit.AuditService;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import dev.latchkey.core.RequestContext;
import dev.latchkey.core.UserId;
import dev.latchkey.db.Tx;
import dev.latchkey.otp.BackupCodes;
import dev.latchkey.phone.PhoneService;
import dev.latchkey.totp.TotpService;
import dev.latchkey.user.User;
import dev.latchkey.user.UserService;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Turns the asking for a second factor on with the first that only follows a password, and off with the last. The caller has
 * locked the user's row.
 */
public final class SecondFactorSwitch {
    private final UserService users;
    private final TotpService totp;
    private final PhoneService phones;
    private final BackupCodes backupCodes;
    private final Predicate<Set<String>> requires;
    private final HasSecondFactor hasSecondFactor;
    private final AuditService audit;

    /** @param requires whether users with these roles must have a second factor */
    public SecondFactorSwitch(
            UserService users,
            TotpService totp,
            PhoneService phones,
            BackupCodes backupCodes,
            Predicate<Set<String>> requires,
            HasSecondFactor hasSecondFactor,
            AuditService audit) {
        this.users = users;
        this.totp = totp;
        this.phones = phones;
        this.backupCodes = backupCodes;
        this.requires = requires;
        this.hasSecondFactor = hasSecondFactor;
        this.audit = audit;
    }

    /** Whether the user has anything beside the password. */
    boolean any(Tx tx, UserId id) {
        return users.byId(tx, id).map(user -> hasSecondFactor.test(tx, user)).orElse(false);
    }

    /** After a factor was added: answers backup codes, to be shown once, where the account has none. */
    List<String> added(Tx tx, UserId id, RequestContext context) {
        User user = users.byId(tx, id).orElseThrow();
        if (!user.mfaEnabled()) {
            users.setMfaEnabled(tx, user.id(), true);
            audit.record(tx, SecurityEvent.of(EventType.MFA_ENABLED, context).byUser(user.id()));
        }
        return backupCodes.left(tx, user.id()) > 0 ? List.of() : backupCodes.renew(tx, user.id());
    }

    /**
     * After a factor was removed.
     *
     * @throws Problem MFA_REQUIRED where it was the last and a role demands one
     */
    void removed(Tx tx, User user, RequestContext context) {
        if (requires.test(user.roles()) && !hasSecondFactor.test(tx, user)) {
            throw required();
        }
        if (!totp.enrolled(tx, user.id()) && !phones.enrolled(tx, user.id())) {
            off(tx, user, context);
        }
    }

    /**
     * Removes what only follows a password, and asks for it no more.
     *
     * @throws Problem MFA_REQUIRED where a role demands one
     */
    void disable(Tx tx, User user, RequestContext context) {
        requireOptional(user);
        totp.removeAll(tx, user.id());
        phones.remove(tx, user.id());
        off(tx, user, context);
    }

    /** @throws Problem MFA_REQUIRED where a role of the user demands a second factor */
    void requireOptional(User user) {
        if (requires.test(user.roles())) {
            throw required();
        }
    }

    private void off(Tx tx, User user, RequestContext context) {
        backupCodes.removeAll(tx, user.id());
        users.setMfaEnabled(tx, user.id(), false);
        audit.record(tx, SecurityEvent.of(EventType.MFA_DISABLED, context).byUser(user.id()));
    }

    private static Problem required() {
        return Problem.of(ErrorCode.MFA_REQUIRED)
                .message(
                        "role_needs_factor",
                        "Your role needs a second factor. Add another one before you remove this.");
    }
}
