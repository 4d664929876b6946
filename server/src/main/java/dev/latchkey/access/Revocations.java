package dev.latchkey.access;

import dev.latchkey.change.Change;
import dev.latchkey.core.SessionId;
import dev.latchkey.core.UserId;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The sessions and epochs that access tokens still in circulation must not be accepted for. Fed by the change log only. */
public final class Revocations {
    private record MinimumEpoch(long epoch, Instant until) {
        MinimumEpoch highest(MinimumEpoch other) {
            return new MinimumEpoch(Math.max(epoch, other.epoch), until.isAfter(other.until) ? until : other.until);
        }
    }

    private final EndedSessions sessions = new EndedSessions();
    private final Map<UserId, MinimumEpoch> epochs = new ConcurrentHashMap<>();
    private final Clock clock;

    public Revocations(Clock clock) {
        this.clock = clock;
    }

    /** A session ended; its tokens are refused until the last of them has expired. */
    public void sessionEnded(Change change) {
        sessions.add(new SessionId(change.subject()), change.expiresAt());
    }

    /** A user's epoch is now at least the change's value. */
    public void epochRaised(Change change) {
        MinimumEpoch raised = new MinimumEpoch(Long.parseLong(change.value()), change.expiresAt());
        epochs.merge(new UserId(change.subject()), raised, MinimumEpoch::highest);
    }

    boolean isRevoked(SessionId session, UserId user, long epoch) {
        if (sessions.contains(session)) {
            return true;
        }
        MinimumEpoch minimum = epochs.get(user);
        return minimum != null && epoch < minimum.epoch();
    }

    /** Forgets what no token in circulation can name any more. */
    public void prune() {
        Instant now = clock.instant();
        sessions.prune(now);
        epochs.values().removeIf(minimum -> now.isAfter(minimum.until()));
    }

    /** How many entries are held, for metrics. */
    public int size() {
        return sessions.size() + epochs.size();
    }
}
