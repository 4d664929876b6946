package dev.latchkey.otp;

import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import java.util.List;

/**
 * How codes are made.
 *
 * @param backupCodes in one set
 */
public record OtpConfig(int backupCodes) {
    static final Setting<Integer> BACKUP_CODES = Setting.integer(
            "mfa.backup-codes",
            10,
            5,
            20,
            "How many backup codes a set has. Each works once, in place of a second factor that is lost.");

    public static List<Setting<?>> settings() {
        return List.of(BACKUP_CODES);
    }

    public static OtpConfig from(Settings settings) {
        return new OtpConfig(settings.get(BACKUP_CODES));
    }

    public static OtpConfig defaults() {
        return new OtpConfig(BACKUP_CODES.defaultValue());
    }
}
