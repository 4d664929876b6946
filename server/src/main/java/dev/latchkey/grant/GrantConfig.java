package dev.latchkey.grant;

import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import java.time.Duration;
import java.util.List;

/** How long refresh tokens live: absolute, counted from the login. */
public record GrantConfig(Duration refreshLifetime, Duration rememberedLifetime) {
    private static final Setting<Duration> REFRESH = Setting.duration(
                    "token.refresh-ttl", Duration.ofDays(7), "How long after a login its refresh tokens work.")
            .alias("JWT_REFRESH_EXPIRES_IN");
    private static final Setting<Duration> REMEMBERED = Setting.duration(
            "token.remembered-refresh-ttl", Duration.ofDays(30), "The same for a login with \"remember me\".");

    public static List<Setting<?>> settings() {
        return List.of(REFRESH, REMEMBERED);
    }

    public static GrantConfig from(Settings settings) {
        return new GrantConfig(settings.get(REFRESH), settings.get(REMEMBERED));
    }

    /** The absolute lifetime of a login's refresh tokens. */
    public Duration lifetime(boolean remembered) {
        return remembered ? rememberedLifetime : refreshLifetime;
    }
}
