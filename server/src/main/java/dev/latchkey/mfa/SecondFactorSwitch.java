package dev.latchkey.mfa;

import dev.latchkey.audit.AuditService;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.Authentication;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Principal;
import dev.latchkey.core.Problem;
import dev.latchkey.core.RequestContext;
import dev.latchkey.core.StepUp;
import dev.latchkey.core.UserId;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import dev.latchkey.lockout.LockoutService;
import dev.latchkey.otp.BackupCodes;
import dev.latchkey.phone.PhoneService;
import dev.latchkey.totp.TotpService;
import dev.latchkey.user.User;
import dev.latchkey.user.UserService;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Turns the asking for a second factor on with the first that only follows a password, and off with the last of any kind: a passkey
 * that stays is asked for. The caller has locked the user's row.
 */
public final class SecondFactorSwitch {
    private final UserService users;
    private final TotpService totp;
    private final PhoneService phones;
    private final BackupCodes backupCodes;
    private final LockoutService lockout;
    private final Predicate<Set<String>> requires;
    private final HasSecondFactor hasSecondFactor;
    private final ProvedSession session;
    private final AuditService audit;
    private final StepUp stepUp;

    /** @param requires whether users with these roles must have a second factor */
    public SecondFactorSwitch(
            UserService users,
            TotpService totp,
            PhoneService phones,
            BackupCodes backupCodes,
            LockoutService lockout,
            Predicate<Set<String>> requires,
            HasSecondFactor hasSecondFactor,
            ProvedSession session,
            AuditService audit,
            StepUp stepUp) {
        this.users = users;
        this.totp = totp;
        this.phones = phones;
        this.backupCodes = backupCodes;
        this.lockout = lockout;
        this.requires = requires;
        this.hasSecondFactor = hasSecondFactor;
        this.session = session;
        this.audit = audit;
        this.stepUp = stepUp;
    }

    /** Whether the user has anything beside the password. */
    boolean any(Sql sql, User user) {
        return hasSecondFactor.test(sql, user);
    }

    /**
     * An account that has anything beside the password is changed by whoever proved two factors, the second within the step-up
     * time, also where logins do not ask for it: a password or a mailbox alone, or a session from before, must not undo the
     * protection (NIST SP 800-63B-4 section 4.1.2, OWASP ASVS 5.0 V7.5.1). That it was the second is what the step-up sees to: such
     * an account's is never by the password alone.
     *
     * @throws Problem REAUTHENTICATION_REQUIRED
     */
    public void requireProof(Sql sql, User user, Principal.SignedIn principal) {
        if (any(sql, user)) {
            Authentication proved =
                    session.authentication(sql, principal).orElseThrow(() -> Problem.of(ErrorCode.TOKEN_REVOKED));
            stepUp.requireTwoFactors(proved);
        }
    }

    /**
     * After a factor was added: answers backup codes, to be shown once, where the account has none. They are the account's and
     * come with whatever factor is its first: without that factor at hand they are the way to change anything.
     *
     * @param principal whose session proved the factor by that; empty in the middle of a login
     */
    List<String> added(
            Tx tx,
            UserId id,
            Optional<Principal.SignedIn> principal,
            ProvedSession.SetUp factor,
            RequestContext context) {
        User user = users.byId(tx, id).orElseThrow();
        principal.ifPresent(signedIn -> {
            acceptCodes(tx, user, signedIn);
            session.proved(tx, signedIn, factor);
        });
        if (factor.follows() && !user.mfaEnabled()) {
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
        if (requires.test(user.roles()) && !any(tx, user)) {
            throw required();
        }
        if (user.mfaEnabled() && !any(tx, user)) {
            off(tx, user, context);
        }
        removeIdleCodes(tx, user);
    }

    /**
     * Removes what only follows a password, and asks for it no more. Passkeys stay, and then the backup codes do.
     *
     * @throws Problem MFA_REQUIRED where a role demands one
     */
    void disable(Tx tx, User user, RequestContext context) {
        requireOptional(user);
        totp.removeAll(tx, user.id());
        phones.remove(tx, user.id());
        off(tx, user, context);
        removeIdleCodes(tx, user);
    }

    /** @throws Problem MFA_REQUIRED where a role of the user demands a second factor */
    void requireOptional(User user) {
        if (requires.test(user.roles())) {
            throw required();
        }
    }

    private void removeIdleCodes(Tx tx, User user) {
        if (!any(tx, user)) {
            backupCodes.removeAll(tx, user.id());
            // What was guessed at is gone; a factor that comes later starts anew.
            lockout.secondFactors().succeeded(tx, user.tenant(), user.id());
        }
    }

    /** Wrong codes before are void where the session had proved two factors: it is the owner's. */
    private void acceptCodes(Tx tx, User user, Principal.SignedIn principal) {
        if (session.authentication(tx, principal)
                .filter(Authentication::multipleFactors)
                .isPresent()) {
            lockout.secondFactors().succeeded(tx, user.tenant(), user.id());
        }
    }

    private void off(Tx tx, User user, RequestContext context) {
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
