package dev.latchkey.grant;

import dev.latchkey.core.Authentication;
import dev.latchkey.core.ClientId;
import dev.latchkey.core.SessionId;
import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import dev.latchkey.db.Sql;
import dev.latchkey.db.StatementLength;
import dev.latchkey.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.statement.Query;

final class RefreshFamilyStore {
    /**
     * A family with what only this package may see.
     *
     * @param last how its last rotation can be repeated; empty without a grace period
     */
    record Row(RefreshFamily family, boolean ended, long generation, Optional<Last> last) {}

    /** The last rotation: the token it spent, when, by whom, and the sealed token it answered. */
    record Last(String previousHash, Instant rotatedAt, String rotatedBy, byte[] successor) {}

    record SealedSuccessor(String handle, Instant rotatedAt, byte[] blob) {}

    void insert(Tx tx, TenantId tenant, RefreshToken token, RefreshFamily family, Instant now) {
        tx.handle()
                .createUpdate("""
                        INSERT INTO refresh_family (handle, tenant_id, user_id, session_id, client_id, scope, epoch,
                            generation, current_hash, created_at, authenticated_at, methods, last_used_at, expires_at)
                        VALUES (:handle, :tenant, :user, :session, :client, :scope, :epoch, :generation, :hash, :now,
                            :authenticated, :methods, :now, :expires)""")
                .bind("handle", token.handle())
                .bind("tenant", tenant.value())
                .bind("user", family.user().value())
                .bind("session", family.session().value())
                .bind("client", family.client().value())
                .bind("scope", String.join(" ", family.scope()))
                .bind("epoch", family.epoch())
                .bind("generation", token.generation())
                .bind("hash", token.hash())
                .bind("now", now.toEpochMilli())
                .bind("authenticated", family.authentication().at().toEpochMilli())
                .bind("methods", family.authentication().stored())
                .bind("expires", family.expiresAt().toEpochMilli())
                .execute();
    }

    void proved(Tx tx, SessionId session, String methods) {
        tx.handle()
                .createUpdate("UPDATE refresh_family SET methods = :methods WHERE session_id = :session")
                .bind("methods", methods)
                .bind("session", session.value())
                .execute();
    }

    /** The atomic gate: one statement decides which of many parallel uses wins. */
    Optional<RefreshFamily> rotate(
            Tx tx, RefreshToken presented, RefreshToken successor, Optional<Last> repeatable, Instant now) {
        return tx.handle()
                .createQuery("""
                        UPDATE refresh_family SET generation = :next, current_hash = :nextHash, last_used_at = :now,
                               previous_hash = :previous, rotated_at = :rotatedAt, rotated_by = :rotatedBy,
                               successor = :successor
                        WHERE handle = :handle AND generation = :generation AND current_hash = :hash
                          AND ended_at IS NULL AND expires_at > :now
                        RETURNING user_id, session_id, client_id, scope, epoch, authenticated_at, methods, expires_at""")
                .bind("handle", presented.handle())
                .bind("generation", presented.generation())
                .bind("hash", presented.hash())
                .bind("next", successor.generation())
                .bind("nextHash", successor.hash())
                .bind("previous", repeatable.map(Last::previousHash).orElse(null))
                .bind(
                        "rotatedAt",
                        repeatable.map(last -> last.rotatedAt().toEpochMilli()).orElse(null))
                .bind("rotatedBy", repeatable.map(Last::rotatedBy).orElse(null))
                .bind("successor", repeatable.map(Last::successor).orElse(null))
                .bind("now", now.toEpochMilli())
                .map((row, context) -> family(row))
                .findOne();
    }

    /**
     * The same gate for many families, none named twice, in one statement; without what a repetition would need.
     *
     * @return the families that were rotated, by handle
     */
    Map<String, RefreshFamily> rotateAll(
            Tx tx, List<RefreshToken> presented, List<RefreshToken> successors, Instant now) {
        int length = StatementLength.of(presented.size());
        Query query = tx.handle()
                .createQuery("WITH presented (handle, generation, hash, next_hash) AS (VALUES (?, ?, ?, ?)"
                        + ", (?, ?, ?, ?)".repeat(length - 1) + """
                        )
                        UPDATE refresh_family SET generation = presented.generation + 1,
                               current_hash = presented.next_hash, last_used_at = ?,
                               previous_hash = NULL, rotated_at = NULL, rotated_by = NULL, successor = NULL
                        FROM presented
                        WHERE refresh_family.handle = presented.handle
                          AND refresh_family.generation = presented.generation
                          AND refresh_family.current_hash = presented.hash
                          AND refresh_family.ended_at IS NULL AND refresh_family.expires_at > ?
                        RETURNING refresh_family.handle AS handle, user_id, session_id, client_id, scope, epoch,
                            authenticated_at, methods, expires_at""");
        int position = 0;
        for (int i = 0; i < length; i++) {
            int known = Math.min(i, presented.size() - 1);
            RefreshToken token = presented.get(known);
            query.bind(position++, token.handle())
                    .bind(position++, (long) token.generation())
                    .bind(position++, token.hash())
                    .bind(position++, successors.get(known).hash());
        }
        query.bind(position++, now.toEpochMilli()).bind(position, now.toEpochMilli());
        Map<String, RefreshFamily> rotated = new HashMap<>();
        query.map((row, context) -> rotated.put(row.getString("handle"), family(row)))
                .list();
        return rotated;
    }

    Optional<Row> find(Sql sql, String handle) {
        return sql.handle()
                .createQuery("""
                        SELECT user_id, session_id, client_id, scope, epoch, authenticated_at, methods, expires_at, ended_at,
                               generation, previous_hash, rotated_at, rotated_by, successor
                        FROM refresh_family WHERE handle = :handle""")
                .bind("handle", handle)
                .map((row, context) -> {
                    row.getLong("ended_at");
                    boolean ended = !row.wasNull();
                    return new Row(family(row), ended, row.getLong("generation"), last(row));
                })
                .findOne();
    }

    void endOfSession(Tx tx, SessionId session, UserId user, String reason, Instant now) {
        tx.handle()
                .createUpdate("""
                        UPDATE refresh_family SET ended_at = :now, end_reason = :reason
                        WHERE session_id = :session AND user_id = :user AND ended_at IS NULL""")
                .bind("session", session.value())
                .bind("user", user.value())
                .bind("reason", reason)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    void endOfUser(Tx tx, UserId user, String reason, Instant now) {
        tx.handle()
                .createUpdate("""
                        UPDATE refresh_family SET ended_at = :now, end_reason = :reason
                        WHERE user_id = :user AND ended_at IS NULL""")
                .bind("user", user.value())
                .bind("reason", reason)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    void endEverybodys(Tx tx, String reason, Instant now) {
        tx.handle()
                .createUpdate("UPDATE refresh_family SET ended_at = :now, end_reason = :reason WHERE ended_at IS NULL")
                .bind("reason", reason)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    int deleteExpired(Tx tx, Instant now, int limit) {
        return tx.handle()
                .createUpdate("""
                        DELETE FROM refresh_family WHERE handle IN (
                            SELECT handle FROM refresh_family WHERE expires_at <= :now LIMIT :limit)""")
                .bind("now", now.toEpochMilli())
                .bind("limit", limit)
                .execute();
    }

    long stale(Sql sql, byte[] prefix) {
        return sql.handle()
                .createQuery("SELECT COUNT(*) FROM refresh_family WHERE substr(successor, 1, :length) <> :prefix")
                .bind("length", prefix.length)
                .bind("prefix", prefix)
                .mapTo(long.class)
                .one();
    }

    /** Successors under another master key, by handle. */
    List<SealedSuccessor> stale(Sql sql, byte[] prefix, String after, int limit) {
        return sql.handle()
                .createQuery("""
                        SELECT handle, rotated_at, successor FROM refresh_family
                        WHERE substr(successor, 1, :length) <> :prefix AND handle > :after
                        ORDER BY handle LIMIT :limit""")
                .bind("length", prefix.length)
                .bind("prefix", prefix)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> new SealedSuccessor(
                        row.getString("handle"),
                        Instant.ofEpochMilli(row.getLong("rotated_at")),
                        row.getBytes("successor")))
                .list();
    }

    boolean reseal(Tx tx, SealedSuccessor row, byte[] resealed) {
        return tx.handle()
                        .createUpdate("""
                        UPDATE refresh_family SET successor = :resealed
                        WHERE handle = :handle AND successor = :sealed""")
                        .bind("resealed", resealed)
                        .bind("handle", row.handle())
                        .bind("sealed", row.blob())
                        .execute()
                == 1;
    }

    /** The rotation can no longer be repeated. */
    boolean forgetLast(Tx tx, SealedSuccessor row) {
        return tx.handle()
                        .createUpdate("""
                        UPDATE refresh_family
                        SET previous_hash = NULL, rotated_at = NULL, rotated_by = NULL, successor = NULL
                        WHERE handle = :handle AND successor = :sealed""")
                        .bind("handle", row.handle())
                        .bind("sealed", row.blob())
                        .execute()
                == 1;
    }

    private static Optional<Last> last(ResultSet row) throws SQLException {
        String previous = row.getString("previous_hash");
        return previous == null
                ? Optional.empty()
                : Optional.of(new Last(
                        previous,
                        Instant.ofEpochMilli(row.getLong("rotated_at")),
                        row.getString("rotated_by"),
                        row.getBytes("successor")));
    }

    private static RefreshFamily family(ResultSet row) throws SQLException {
        String scope = row.getString("scope");
        return new RefreshFamily(
                new UserId(row.getString("user_id")),
                new SessionId(row.getString("session_id")),
                ClientId.of(row.getString("client_id")),
                scope.isEmpty() ? Set.of() : Set.of(scope.split(" ")),
                row.getLong("epoch"),
                Authentication.of(Instant.ofEpochMilli(row.getLong("authenticated_at")), row.getString("methods")),
                Instant.ofEpochMilli(row.getLong("expires_at")));
    }
}
