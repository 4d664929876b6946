package dev.latchkey.grant;

import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * How long refresh tokens live: absolute, counted from the login.
 *
 * @param grace how long after a rotation the same client is answered the same token again; zero: never
 */
public record GrantConfig(Duration refreshLifetime, Duration rememberedLifetime, Duration grace) {
    private static final Setting<Duration> REFRESH = Setting.duration(
                    "token.refresh-ttl", Duration.ofDays(7), "How long after a login its refresh tokens work.")
            .alias("JWT_REFRESH_EXPIRES_IN");
    private static final Setting<Duration> REMEMBERED = Setting.duration(
            "token.remembered-refresh-ttl", Duration.ofDays(30), "The same for a login with \"remember me\".");

    private static final Setting<Duration> GRACE = Setting.duration(
                    "token.refresh-grace",
                    Duration.ZERO,
                    "How long after a refresh the same client, on the same device, may repeat it and gets the same token"
                            + " again, as long as nobody used that one; for clients that lose answers. 0s: never.")
            .check(grace -> grace.compareTo(Duration.ofMinutes(1)) <= 0, "must be at most 1m");

    public static List<Setting<?>> settings() {
        return List.of(REFRESH, REMEMBERED, GRACE);
    }

    public static GrantConfig from(Settings settings) {
        return new GrantConfig(settings.get(REFRESH), settings.get(REMEMBERED), settings.get(GRACE));
    }

    /** The absolute lifetime of a login's refresh tokens. */
    public Duration lifetime(boolean remembered) {
        return remembered ? rememberedLifetime : refreshLifetime;
    }
}
