package dev.latchkey.session;

import dev.latchkey.core.Authentication;
import dev.latchkey.core.RequestContext;
import dev.latchkey.core.SessionId;
import dev.latchkey.core.UserId;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.crypto.TokenHash;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Opens, finds, lists and ends sessions. The caller of a writing command has guarded the user row. */
public final class SessionService {
    private static final String SECRET = "session";
    private static final int REAP_BATCH = 500;

    private final SessionStore store = new SessionStore();
    private final Activity activity = new Activity();
    private final SessionConfig config;
    private final Secrets secrets;
    private final Clock clock;

    public SessionService(SessionConfig config, Secrets secrets, Clock clock) {
        this.config = config;
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * Opens a session with a new id; the caller has guarded the user and epoch in this transaction.
     *
     * @param lifetime the absolute lifetime, no longer than the configured one
     */
    public OpenedSession open(Tx tx, NewSession wanted, Duration lifetime, RequestContext context) {
        SessionWish wish = wanted.wish();
        Instant now = clock.instant();
        Duration life = lifetime.compareTo(config.absolute()) < 0 ? lifetime : config.absolute();
        Session session = new Session(
                new SessionId(secrets.uuid()),
                wanted.user(),
                wish.mode(),
                wanted.epoch(),
                wish.remember(),
                context.address().text(),
                context.userAgent(),
                now,
                new Authentication(now, wanted.methods()),
                now,
                now.plus(life));
        Optional<String> secret = wish.mode() == SessionMode.TOKEN ? Optional.empty() : Optional.of(secrets.token());
        store.insert(
                tx,
                context.tenant(),
                session,
                secret.map(s -> TokenHash.of(SECRET, s)).orElse(null),
                wanted.login().orElse(null));
        List<SessionId> surplus = store.surplus(tx, session, config.perUser());
        return new OpenedSession(session, secret, surplus);
    }

    /** Whether the login that waited under this hash has a session already. The caller has locked the user's row. */
    public boolean openedBy(Tx tx, UserId user, String login) {
        return store.openedBy(tx, user, login);
    }

    /** The live session of a secret, if it was made for the place the secret came from. */
    public Optional<Session> bySecret(Sql sql, String secret, SessionMode mode) {
        return store.bySecret(sql, TokenHash.of(SECRET, secret))
                .filter(session -> session.mode() == mode)
                .filter(this::isLive);
    }

    /** The user's own session of this id; another's is empty. */
    public Optional<Session> find(Sql sql, SessionId id, UserId user) {
        return store.byId(sql, id, user).filter(this::isLive);
    }

    /** The user's live sessions, the one used last first. */
    public List<Session> list(Sql sql, UserId user) {
        return store.ofUser(sql, user).stream()
                .filter(this::isLive)
                .map(session -> activity.of(session.id())
                        .map(at -> withActivity(session, at))
                        .orElse(session))
                .toList();
    }

    /** Whether the session existed and was this user's. */
    public boolean end(Tx tx, SessionId id, UserId user) {
        return store.delete(tx, id, user);
    }

    /** What its user has proved by now, as in {@code amr}. */
    public void proved(Tx tx, SessionId id, UserId user, Set<String> methods) {
        store.proved(tx, id, user, Authentication.stored(methods));
    }

    public List<SessionId> endAll(Tx tx, UserId user) {
        return store.deleteOfUser(tx, user);
    }

    /** Ends every session of every user. */
    public void endEverybodys(Tx tx) {
        store.deleteEverybodys(tx);
    }

    /** Notes that the session was used now; written within the next flush. */
    public void touch(SessionId id) {
        activity.note(id, clock.instant());
    }

    /** Writes what {@link #touch} noted. Answers how many sessions. */
    public int flush(Database database) {
        if (activity.isEmpty()) {
            return 0;
        }
        Map<SessionId, Instant> batch = activity.snapshot();
        database.bulk(tx -> {
            store.touch(tx, batch);
            return batch.size();
        });
        activity.written(batch);
        return batch.size();
    }

    /** Deletes a batch of sessions that are over. Answers how many. */
    public int reap(Tx tx) {
        Instant now = clock.instant();
        int deleted = store.deleteExpired(tx, now, REAP_BATCH);
        for (boolean remembered : List.of(false, true)) {
            deleted += store.deleteIdle(tx, remembered, now.minus(config.idle(remembered)), REAP_BATCH - deleted);
        }
        return deleted;
    }

    private boolean isLive(Session session) {
        Instant now = clock.instant();
        if (!now.isBefore(session.expiresAt())) {
            return false;
        }
        if (session.mode() == SessionMode.TOKEN) {
            return true;
        }
        Instant used = activity.of(session.id()).orElse(session.lastActivity());
        return now.isBefore(used.plus(config.idle(session.remembered())));
    }

    private static Session withActivity(Session session, Instant at) {
        return new Session(
                session.id(),
                session.user(),
                session.mode(),
                session.epoch(),
                session.remembered(),
                session.ip(),
                session.userAgent(),
                session.createdAt(),
                session.authentication(),
                at,
                session.expiresAt());
    }
}
