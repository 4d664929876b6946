package dev.latchkey.session;

import dev.latchkey.core.Authentication;
import dev.latchkey.core.SessionId;
import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

final class SessionStore {
    private static final String SELECT = """
            SELECT id, user_id, mode, epoch, remembered, ip, user_agent, created_at, authenticated_at, methods, last_activity,
                   expires_at
            FROM session
            """;

    void insert(Tx tx, TenantId tenant, Session session, @Nullable String secretHash, @Nullable String login) {
        tx.handle()
                .createUpdate("""
                        INSERT INTO session (id, tenant_id, user_id, mode, secret_hash, epoch, remembered, ip, user_agent,
                                             created_at, authenticated_at, methods, last_activity, expires_at, login)
                        VALUES (:id, :tenant, :user, :mode, :hash, :epoch, :remembered, :ip, :agent, :created,
                                :authenticated, :methods, :activity, :expires, :login)""")
                .bind("id", session.id().value())
                .bind("tenant", tenant.value())
                .bind("user", session.user().value())
                .bind("mode", session.mode().wireName())
                .bind("hash", secretHash)
                .bind("epoch", session.epoch())
                .bind("remembered", session.remembered())
                .bind("ip", session.ip())
                .bind("agent", session.userAgent())
                .bind("created", session.createdAt().toEpochMilli())
                .bind("authenticated", session.authentication().at().toEpochMilli())
                .bind("methods", session.authentication().stored())
                .bind("activity", session.lastActivity().toEpochMilli())
                .bind("expires", session.expiresAt().toEpochMilli())
                .bind("login", login)
                .execute();
    }

    boolean openedBy(Tx tx, UserId user, String login) {
        return tx.handle()
                .createQuery("SELECT id FROM session WHERE user_id = :user AND login = :login")
                .bind("user", user.value())
                .bind("login", login)
                .mapTo(String.class)
                .findFirst()
                .isPresent();
    }

    Optional<Session> bySecret(Sql sql, String secretHash) {
        return sql.handle()
                .createQuery(SELECT + "WHERE secret_hash = :hash")
                .bind("hash", secretHash)
                .map((row, context) -> session(row))
                .findOne();
    }

    Optional<Session> byId(Sql sql, SessionId id, UserId user) {
        return sql.handle()
                .createQuery(SELECT + "WHERE id = :id AND user_id = :user")
                .bind("id", id.value())
                .bind("user", user.value())
                .map((row, context) -> session(row))
                .findOne();
    }

    /** The user's sessions, the one used last first. */
    List<Session> ofUser(Sql sql, UserId user) {
        return sql.handle()
                .createQuery(SELECT + "WHERE user_id = :user ORDER BY last_activity DESC, id DESC")
                .bind("user", user.value())
                .map((row, context) -> session(row))
                .list();
    }

    /** The user's sessions beyond {@code most}, the one opened now among those that stay; the least recently used are over. */
    List<SessionId> surplus(Tx tx, Session opened, int most) {
        return tx.handle()
                .createQuery("""
                        SELECT id FROM session WHERE user_id = :user AND id <> :opened
                        ORDER BY last_activity DESC, id DESC LIMIT 1000 OFFSET :others""")
                .bind("user", opened.user())
                .bind("opened", opened.id())
                .bind("others", most - 1)
                .map((row, context) -> new SessionId(row.getString("id")))
                .list();
    }

    void proved(Tx tx, SessionId id, UserId user, String methods) {
        tx.handle()
                .createUpdate("UPDATE session SET methods = :methods WHERE id = :id AND user_id = :user")
                .bind("methods", methods)
                .bind("id", id.value())
                .bind("user", user.value())
                .execute();
    }

    boolean delete(Tx tx, SessionId id, UserId user) {
        return tx.handle()
                .createQuery("DELETE FROM session WHERE id = :id AND user_id = :user RETURNING id")
                .bind("id", id.value())
                .bind("user", user.value())
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    void deleteEverybodys(Tx tx) {
        tx.handle().createUpdate("DELETE FROM session").execute();
    }

    List<SessionId> deleteOfUser(Tx tx, UserId user) {
        return tx
                .handle()
                .createQuery("DELETE FROM session WHERE user_id = :user RETURNING id")
                .bind("user", user.value())
                .mapTo(String.class)
                .list()
                .stream()
                .map(SessionId::new)
                .toList();
    }

    void touch(Tx tx, Map<SessionId, Instant> activity) {
        try (PreparedBatch batch = tx.handle()
                .prepareBatch("UPDATE session SET last_activity = :at WHERE id = :id AND last_activity < :at")) {
            activity.forEach((id, at) ->
                    batch.bind("id", id.value()).bind("at", at.toEpochMilli()).add());
            batch.execute();
        }
    }

    int deleteExpired(Tx tx, Instant now, int limit) {
        return tx.handle()
                .createUpdate("""
                        DELETE FROM session WHERE id IN (
                            SELECT id FROM session WHERE expires_at <= :now LIMIT :limit)""")
                .bind("now", now.toEpochMilli())
                .bind("limit", limit)
                .execute();
    }

    /** Of those that end when nobody uses them, remembered ones or the others. */
    int deleteIdle(Tx tx, boolean remembered, Instant idleSince, int limit) {
        return tx.handle()
                .createUpdate("""
                        DELETE FROM session WHERE last_activity <= :idle AND id IN (
                            SELECT id FROM session
                            WHERE mode <> 'token' AND remembered = :remembered AND last_activity <= :idle
                            LIMIT :limit)""")
                .bind("remembered", remembered)
                .bind("idle", idleSince.toEpochMilli())
                .bind("limit", limit)
                .execute();
    }

    private static Session session(ResultSet row) throws SQLException {
        return new Session(
                new SessionId(row.getString("id")),
                new UserId(row.getString("user_id")),
                SessionMode.parse(row.getString("mode")).orElseThrow(),
                row.getLong("epoch"),
                row.getBoolean("remembered"),
                row.getString("ip"),
                row.getString("user_agent"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Authentication.of(Instant.ofEpochMilli(row.getLong("authenticated_at")), row.getString("methods")),
                Instant.ofEpochMilli(row.getLong("last_activity")),
                Instant.ofEpochMilli(row.getLong("expires_at")));
    }
}
