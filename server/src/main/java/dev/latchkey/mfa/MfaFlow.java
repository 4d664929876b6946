package dev.latchkey.mfa;

import dev.latchkey.audit.AuditService;
import dev.latchkey.audit.Detail;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Principal;
import dev.latchkey.core.Problem;
import dev.latchkey.core.RequestContext;
import dev.latchkey.core.TotpDeviceId;
import dev.latchkey.db.Database;
import dev.latchkey.db.Tx;
import dev.latchkey.otp.BackupCodes;
import dev.latchkey.phone.Phone;
import dev.latchkey.phone.PhoneService;
import dev.latchkey.totp.TotpDevice;
import dev.latchkey.totp.TotpService;
import dev.latchkey.user.User;
import dev.latchkey.user.UserService;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What users do with the factors they have. */
public final class MfaFlow {
    /**
     * @param enabled whether logins ask for a second factor
     * @param required whether a role of the user demands it
     */
    public record Status(
            boolean enabled, boolean required, List<TotpDevice> devices, Optional<Phone> phone, int backupCodesLeft) {}

    private final Database database;
    private final UserService users;
    private final TotpService totp;
    private final PhoneService phones;
    private final BackupCodes backupCodes;
    private final Predicate<Set<String>> requires;
    private final ProveFactor proveFactor;
    private final SecondFactorSwitch secondFactors;
    private final AuditService audit;

    /** @param requires whether users with these roles must have a second factor */
    public MfaFlow(
            Database database,
            UserService users,
            TotpService totp,
            PhoneService phones,
            BackupCodes backupCodes,
            Predicate<Set<String>> requires,
            ProveFactor proveFactor,
            SecondFactorSwitch secondFactors,
            AuditService audit) {
        this.database = database;
        this.users = users;
        this.totp = totp;
        this.phones = phones;
        this.backupCodes = backupCodes;
        this.requires = requires;
        this.proveFactor = proveFactor;
        this.secondFactors = secondFactors;
        this.audit = audit;
    }

    public Status status(Principal.SignedIn principal) {
        return database.read(sql -> {
            User user = users.byId(sql, principal.user()).orElseThrow(MfaFlow::revoked);
            return new Status(
                    user.mfaEnabled(),
                    requires.test(user.roles()),
                    totp.devices(sql, user.id()),
                    phones.find(sql, user.id()),
                    backupCodes.left(sql, user.id()));
        });
    }

    /**
     * Logins ask for the password alone from now on; authenticator apps and the telephone number are gone, and backup codes where
     * there is no passkey either. The code proves that it is not a thief of the session who switches it off.
     *
     * @throws Problem INVALID_MFA_CODE, MFA_REQUIRED where a role demands a second factor, NOT_FOUND where there is none
     */
    public void disable(Principal.SignedIn principal, String code, RequestContext context) {
        boolean right = database.tx(tx -> {
            User user = guarded(tx, principal);
            if (!user.mfaEnabled()) {
                throw Problem.of(ErrorCode.NOT_FOUND).message("no_factor", "This account has no second factor.");
            }
            secondFactors.requireOptional(user);
            if (!proveFactor.prove(tx, user, principal.session(), code, context)) {
                return false;
            }
            secondFactors.disable(tx, user, context);
            return true;
        });
        if (!right) {
            throw Problem.of(ErrorCode.INVALID_MFA_CODE);
        }
    }

    /** A fresh set; the codes of before are void. Shown once. */
    public List<String> renewBackupCodes(Principal.SignedIn principal, RequestContext context) {
        return database.tx(tx -> {
            User user = guarded(tx, principal);
            if (!secondFactors.any(tx, user)) {
                throw Problem.of(ErrorCode.CONFLICT)
                        .message("codes_need_factor", "Backup codes stand in for a second factor. Set one up first.");
            }
            secondFactors.requireProof(tx, user, principal);
            audit.record(tx, event(EventType.BACKUP_CODES_RENEWED, user, context));
            return backupCodes.renew(tx, user.id());
        });
    }

    public void rename(Principal.SignedIn principal, TotpDeviceId device, String name) {
        database.tx(tx -> {
            if (!totp.rename(tx, guarded(tx, principal).id(), device, name)) {
                throw Problem.of(ErrorCode.NOT_FOUND);
            }
            return name;
        });
    }

    /** Removes one authenticator app; with the account's last factor logins ask for the password alone. */
    public void remove(Principal.SignedIn principal, TotpDeviceId device, RequestContext context) {
        database.tx(tx -> {
            User user = guarded(tx, principal);
            secondFactors.requireProof(tx, user, principal);
            Optional<String> name = totp.remove(tx, user.id(), device);
            if (name.isEmpty()) {
                throw Problem.of(ErrorCode.NOT_FOUND);
            }
            audit.record(
                    tx,
                    event(EventType.FACTOR_REMOVED, user, context)
                            .with(Detail.FACTOR, "totp")
                            .with(Detail.FACTOR_ID, device.value())
                            .with(Detail.FACTOR_NAME, name.get()));
            secondFactors.removed(tx, user, context);
            return device;
        });
    }

    private User guarded(Tx tx, Principal.SignedIn principal) {
        if (!users.guard(tx, principal.user(), principal.epoch())) {
            throw revoked();
        }
        return users.byId(tx, principal.user()).orElseThrow(MfaFlow::revoked);
    }

    private static SecurityEvent event(EventType type, User user, RequestContext context) {
        return SecurityEvent.of(type, context).byUser(user.id());
    }

    private static Problem revoked() {
        return Problem.of(ErrorCode.TOKEN_REVOKED);
    }
}
