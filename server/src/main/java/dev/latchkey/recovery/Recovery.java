package dev.latchkey.recovery;

import dev.latchkey.core.UserId;
import java.time.Instant;
import java.util.Optional;

/**
 * A wait under way.
 *
 * @param epoch the user's when it was asked for
 * @param readyAt when it can be completed
 * @param expiresAt when it is forgotten
 * @param approvedAt when an administrator agreed
 */
public record Recovery(
        UserId user,
        long epoch,
        Instant requestedAt,
        Instant readyAt,
        Instant expiresAt,
        Optional<Instant> approvedAt) {}
