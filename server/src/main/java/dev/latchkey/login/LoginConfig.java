package dev.latchkey.login;

import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * What every login is held to.
 *
 * @param failureFloor a failed login, or an answer that must not tell of an account, never comes sooner than this
 * @param verifiedEmailRequired whether an unverified address may not sign in
 */
public record LoginConfig(Duration failureFloor, boolean verifiedEmailRequired) {
    private static final Setting<Duration> FAILURE_FLOOR = Setting.duration(
            "login.failure-floor",
            Duration.ofMillis(250),
            "A failed login, and whatever else must not tell whether an account exists, is never answered sooner: time"
                    + " then tells nothing either.");

    public static List<Setting<?>> settings() {
        return List.of(FAILURE_FLOOR);
    }

    /** @param verifiedEmailRequired follows from the mode of registration, which another concern configures */
    public static LoginConfig from(Settings settings, boolean verifiedEmailRequired) {
        return new LoginConfig(settings.get(FAILURE_FLOOR), verifiedEmailRequired);
    }
}
