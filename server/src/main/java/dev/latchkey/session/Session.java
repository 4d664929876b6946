package dev.latchkey.session;

import dev.latchkey.core.SessionId;
import dev.latchkey.core.UserId;
import java.time.Instant;

/**
 * A live session.
 *
 * @param epoch the user's epoch under which it was opened
 * @param authenticatedAt when the user last proved a credential in it
 * @param expiresAt the absolute end; a session that is not used ends earlier
 */
public record Session(
        SessionId id,
        UserId user,
        SessionMode mode,
        long epoch,
        boolean remembered,
        String ip,
        String userAgent,
        Instant createdAt,
        Instant authenticatedAt,
        Instant lastActivity,
        Instant expiresAt) {}
