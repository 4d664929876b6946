package dev.latchkey.session;

import dev.latchkey.core.Authentication;
import dev.latchkey.core.SessionId;
import dev.latchkey.core.UserId;
import java.time.Instant;

/**
 * A live session.
 *
 * @param epoch the user's epoch under which it was opened
 * @param authentication when and how the user proved who they are in it
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
        Authentication authentication,
        Instant lastActivity,
        Instant expiresAt) {
    /** The session that takes this one's place, under the epoch of now: what was proved stays proved. */
    public NewSession again(long epochOfNow) {
        return new NewSession(user, epochOfNow, authentication.methods(), new SessionWish(mode, remembered));
    }
}
