package dev.latchkey.session;

import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * How long sessions live and how many a user may have.
 *
 * @param idle a session unused for so long ends
 * @param absolute a session ends after so long, used or not
 */
public record SessionConfig(Duration idle, Duration absolute, Duration rememberedIdle, int perUser) {
    private static final Setting<Duration> IDLE = Setting.duration(
            "session.idle-timeout", Duration.ofDays(1), "A session that is not used for so long ends.");
    private static final Setting<Duration> ABSOLUTE = Setting.duration(
            "session.absolute-timeout", Duration.ofDays(30), "A session ends after so long, used or not.");
    private static final Setting<Duration> REMEMBERED_IDLE = Setting.duration(
            "session.remembered-idle-timeout",
            Duration.ofDays(30),
            "The idle timeout of a session opened with \"remember me\".");
    private static final Setting<Integer> PER_USER = Setting.integer(
            "session.per-user", 5, 1, 1000, "A user's sessions at one time; opening one more ends the oldest.");

    public static List<Setting<?>> settings() {
        return List.of(IDLE, ABSOLUTE, REMEMBERED_IDLE, PER_USER);
    }

    public static SessionConfig from(Settings settings) {
        return new SessionConfig(
                settings.get(IDLE), settings.get(ABSOLUTE), settings.get(REMEMBERED_IDLE), settings.get(PER_USER));
    }

    Duration idle(boolean remembered) {
        return remembered ? rememberedIdle : idle;
    }
}
