package dev.latchkey.lockout;

import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * When an account locks.
 *
 * @param threshold failures in a row that lock
 * @param duration of a lock
 * @param window after the first failure in which they must happen; then counting starts again
 */
public record LockoutConfig(int threshold, Duration duration, Duration window) {
    static final Setting<Integer> THRESHOLD = Setting.integer(
            "lockout.threshold", 5, 2, 100, "Failed logins in a row after which an account is locked for a while.");
    static final Setting<Duration> DURATION = Setting.duration(
                    "lockout.duration", Duration.ofMinutes(30), "How long a lock lasts.")
            .check(LockoutConfig::isPositive, "must be longer than zero");
    static final Setting<Duration> WINDOW = Setting.duration(
                    "lockout.window",
                    Duration.ofMinutes(30),
                    "How long after the first failure further ones count towards a lock.")
            .check(LockoutConfig::isPositive, "must be longer than zero");

    public static List<Setting<?>> settings() {
        return List.of(THRESHOLD, DURATION, WINDOW);
    }

    public static LockoutConfig from(Settings settings) {
        return new LockoutConfig(settings.get(THRESHOLD), settings.get(DURATION), settings.get(WINDOW));
    }

    public static LockoutConfig defaults() {
        return from(Settings.defaults(settings()));
    }

    private static boolean isPositive(Duration duration) {
        return duration.isPositive();
    }
}
