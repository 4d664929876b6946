package dev.latchkey.lifecycle;

import dev.latchkey.db.Tx;
import dev.latchkey.lockout.LockoutService;
import dev.latchkey.otp.BackupCodes;
import dev.latchkey.passkey.PasskeyService;
import dev.latchkey.phone.PhoneService;
import dev.latchkey.session.KnownDevices;
import dev.latchkey.totp.TotpService;
import dev.latchkey.user.User;
import dev.latchkey.user.UserService;

/** Leaves an account with its password alone. */
public final class SecondFactorRemoval {
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

    void removeAll(Tx tx, User user) {
        totp.removeAll(tx, user.id());
        backupCodes.removeAll(tx, user.id());
        passkeys.removeAll(tx, user.id());
        phones.remove(tx, user.id());
        users.setMfaEnabled(tx, user.id(), false);
        devices.distrust(tx, user.id());
        lockout.secondFactorSucceeded(tx, user.tenant(), user.id());
    }
}
