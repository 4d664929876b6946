package dev.latchkey.audit;

import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * How the audit trail is kept.
 *
 * @param retention how long events are kept; zero keeps them for ever
 */
public record AuditConfig(Duration retention) {
    private static final Setting<Duration> RETENTION = Setting.duration(
                    "audit.retention",
                    Duration.ZERO,
                    "How long audit events are kept. 0s keeps them for ever. Older ones are deleted in whole blocks, and what"
                            + " is left can still be verified.")
            .check(
                    time -> time.isZero() || time.compareTo(Duration.ofDays(1)) >= 0,
                    "must be 0s (keep for ever) or at least 1d");

    public static List<Setting<?>> settings() {
        return List.of(RETENTION);
    }

    public static AuditConfig from(Settings settings) {
        return new AuditConfig(settings.get(RETENTION));
    }

    public static AuditConfig defaults() {
        return new AuditConfig(RETENTION.defaultValue());
    }
}
