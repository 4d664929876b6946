package dev.latchkey.session;

import dev.latchkey.core.SessionId;
import java.util.List;
import java.util.Optional;

/**
 * A session just opened.
 *
 * @param secret what a cookie or header carries; empty for a session of tokens
 * @param surplus older sessions beyond the user's limit, which the caller ends
 */
public record OpenedSession(Session session, Optional<String> secret, List<SessionId> surplus) {
    @Override
    public String toString() {
        return "OpenedSession[redacted]";
    }
}
