package dev.latchkey.session;

import dev.latchkey.core.SessionId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** When sessions were last used, kept in memory until it is written in one batch. Losing it loses seconds of activity, no session. */
final class Activity {
    private final Map<SessionId, Instant> pending = new ConcurrentHashMap<>();

    void note(SessionId session, Instant at) {
        pending.put(session, at);
    }

    Optional<Instant> of(SessionId session) {
        return Optional.ofNullable(pending.get(session));
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    Map<SessionId, Instant> snapshot() {
        return new HashMap<>(pending);
    }

    /** Forgets what was written, unless the session was used again since. */
    void written(Map<SessionId, Instant> batch) {
        batch.forEach(pending::remove);
    }
}
