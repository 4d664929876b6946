package dev.latchkey.login;

import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import dev.latchkey.user.Roles;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Who must prove a second factor.
 *
 * @param requiredRoles users with one of these sign in with two factors only, and set one up at their next login
 * @param trustedDevice how long a browser may pass for the second factor where the user asks for that; zero: never
 * @param offered whether whoever signs in without a second factor is told that they can have one
 */
public record MfaConfig(Set<String> requiredRoles, Duration trustedDevice, boolean offered) {
    private static final Setting<List<String>> REQUIRED_ROLES = Setting.list(
            "mfa.required-roles",
            List.of(Roles.ADMIN, Roles.ENTERPRISE_ADMIN),
            "Users with one of these roles must have a second factor; who has none sets one up at the next login.");
    private static final Setting<Duration> TRUSTED_DEVICE = Setting.duration(
            "mfa.trusted-device",
            Duration.ZERO,
            "How long a browser passes for the second factor once the user asked to remember it. 0s: always ask.");

    private static final Setting<Boolean> OFFERED = Setting.flag(
            "mfa.offered",
            false,
            "Whether whoever signs in and has no second factor is told that there are some: offersMFAEnrolment in the answer, and"
                    + " a page, which asks again a month after it was declined. Nobody has to; mfa.required-roles is for those"
                    + " who have to.");

    public MfaConfig {
        requiredRoles = Set.copyOf(requiredRoles);
    }

    public static List<Setting<?>> settings() {
        return List.of(REQUIRED_ROLES, TRUSTED_DEVICE, OFFERED);
    }

    public static MfaConfig from(Settings settings) {
        return new MfaConfig(
                Set.copyOf(settings.get(REQUIRED_ROLES)), settings.get(TRUSTED_DEVICE), settings.get(OFFERED));
    }

    /** Whether one of the roles demands a second factor. */
    public boolean requires(Set<String> roles) {
        return roles.stream().anyMatch(requiredRoles::contains);
    }
}
