package dev.latchkey.boot;

import dev.latchkey.audit.EventType;
import dev.latchkey.user.UserCounts;
import java.time.Instant;
import java.util.Map;

/**
 * How an installation is used, in numbers that name nobody.
 *
 * @param at when it was counted
 * @param since from when on events are counted
 * @param events by kind, those without any left out
 */
public record UsageReport(
        Instant at, UserCounts accounts, SecondFactors secondFactors, Instant since, Map<EventType, Long> events) {
    /**
     * How many users have which second factor; who has several is counted in each.
     *
     * @param totp an authenticator app
     * @param passkey one or more
     * @param phone a number for codes by text message
     * @param administratorsWithout active administrators who have none of these
     */
    public record SecondFactors(long totp, long passkey, long phone, long administratorsWithout) {}
}
