package dev.latchkey.lifecycle;

import dev.latchkey.core.UserId;
import dev.latchkey.db.Tx;
import dev.latchkey.lockout.LockoutService;
import dev.latchkey.otp.BackupCodes;
import dev.latchkey.otp.LinkedFactor;
import dev.latchkey.passkey.PasskeyService;
import dev.latchkey.phone.PhoneService;
import dev.latchkey.session.KnownDevices;
import dev.latchkey.totp.TotpService;
import dev.latchkey.user.User;
import dev.latchkey.user.UserService;
import java.time.Instant;
import java.util.Optional;

/** Takes second factors from an account: all of them, or those that its owner does not know. */
public final class SecondFactorRemoval {
    private static final String TOTP = "totp";
    private static final String PASSKEY = "passkey";
    private static final String PHONE = "sms";

    private final UserService users;
    private final TotpService totp;
    private final BackupCodes backupCodes;
    private final PasskeyService passkeys;
    private final PhoneService phones;
    private final KnownDevices devices;
    private final LockoutService lockout;

    public SecondFactorRemoval(
            UserService users,
            TotpService totp,
            BackupCodes backupCodes,
            PasskeyService passkeys,
            PhoneService phones,
            KnownDevices devices,
            LockoutService lockout) {
        this.users = users;
        this.totp = totp;
        this.backupCodes = backupCodes;
        this.passkeys = passkeys;
        this.phones = phones;
        this.devices = devices;
        this.lockout = lockout;
    }

    /**
     * Removes what somebody else may have added: the factor that a mail told of, and what was made after the mail. Older factors
     * stay, or a mailbox alone would switch two-step sign-in off.
     *
     * @param since when the mail's link was made: a little after the factor it tells of, and before the codes that came with it
     */
    void removeDisowned(Tx tx, User user, Optional<LinkedFactor> told, Instant since) {
        UserId id = user.id();
        backupCodes.removeMadeSince(tx, id, since);
        totp.devices(tx, id).stream()
                .filter(app -> app.createdAt().isAfter(since)
                        || isTold(told, TOTP, app.id().value()))
                .forEach(app -> totp.remove(tx, id, app.id()));
        passkeys.list(tx, id).stream()
                .filter(key -> key.createdAt().isAfter(since)
                        || isTold(told, PASSKEY, key.id().value()))
                .forEach(key -> passkeys.remove(tx, id, key.id()));
        // One that took its place since was made after the mail.
        phones.find(tx, id)
                .filter(phone -> phone.createdAt().isAfter(since) || isTold(told, PHONE, ""))
                .ifPresent(ignored -> phones.remove(tx, id));
        if (totp.enrolled(tx, id) || phones.enrolled(tx, id) || passkeys.enrolled(tx, id)) {
            return;
        }
        if (user.mfaEnabled()) {
            users.setMfaEnabled(tx, id, false);
        }
        backupCodes.removeAll(tx, id);
        lockout.secondFactors().succeeded(tx, user.tenant(), id);
    }

    private static boolean isTold(Optional<LinkedFactor> told, String kind, String id) {
        return told.equals(Optional.of(new LinkedFactor(kind, id)));
    }

    void removeAll(Tx tx, User user) {
        totp.removeAll(tx, user.id());
        backupCodes.removeAll(tx, user.id());
        passkeys.removeAll(tx, user.id());
        phones.remove(tx, user.id());
        users.setMfaEnabled(tx, user.id(), false);
        devices.distrust(tx, user.id());
        lockout.secondFactors().succeeded(tx, user.tenant(), user.id());
    }
}
