package dev.latchkey.recovery;

import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * What a recovery takes.
 *
 * @param delay between asking and completing, in which the owner may cancel
 * @param approval whether an administrator must agree
 */
public record RecoveryConfig(Duration delay, boolean approval) {
    private static final Setting<Duration> WAIT = Setting.duration(
                    "mfa.recovery.wait",
                    Duration.ofHours(24),
                    "How long a user who lost every second factor waits before the account opens with the password alone."
                            + " The owner is told at once and may cancel.")
            .check(delay -> !delay.isNegative() && delay.compareTo(Duration.ofDays(30)) <= 0, "must be from 0s to 30d");
    private static final Setting<Boolean> APPROVAL = Setting.flag(
            "mfa.recovery.approval", false, "Whether an administrator must approve each recovery as well.");

    public static List<Setting<?>> settings() {
        return List.of(WAIT, APPROVAL);
    }

    public static RecoveryConfig from(Settings settings) {
        return new RecoveryConfig(settings.get(WAIT), settings.get(APPROVAL));
    }
}
