package dev.latchkey.lifecycle;

import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import java.util.List;

/**
 * How far consequences reach where installations differ.
 *
 * @param reuseEndsAll whether a refresh token's second use ends every session of the user, not only the one it belongs to
 * @param lockEndsSessions whether locking an account ends its sessions; whoever guesses wrong often enough can then sign its owner
 *     out
 */
public record AftermathConfig(boolean reuseEndsAll, boolean lockEndsSessions) {
    private static final Setting<Boolean> REUSE_ENDS_ALL = Setting.flag(
            "token.reuse-ends-all-sessions",
            false,
            "Whether the second use of a refresh token ends every session of the user instead of only its own.");
    private static final Setting<Boolean> LOCK_ENDS_SESSIONS = Setting.flag(
            "lockout.ends-sessions",
            false,
            "Whether locking an account after failed logins ends its sessions. A stranger can then sign its owner out.");

    public static List<Setting<?>> settings() {
        return List.of(REUSE_ENDS_ALL, LOCK_ENDS_SESSIONS);
    }

    public static AftermathConfig from(Settings settings) {
        return new AftermathConfig(settings.get(REUSE_ENDS_ALL), settings.get(LOCK_ENDS_SESSIONS));
    }
}
