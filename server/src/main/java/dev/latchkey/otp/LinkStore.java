package dev.latchkey.otp;

import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

final class LinkStore {
    /** A link that was spent, and when it was made. */
    record Taken(SpentLink link, long createdAt) {}

    void insert(
            Tx tx, TenantId tenant, String hash, LinkKind kind, @Nullable String user, SpentLink link, Instant now) {
        tx.handle()
                .createUpdate("""
                        INSERT INTO link (token_hash, tenant_id, kind, user_id, epoch, subject, created_at, expires_at)
                        VALUES (:hash, :tenant, :kind, :user, :epoch, :subject, :now, :expires)""")
                .bind("hash", hash)
                .bind("tenant", tenant.value())
                .bind("kind", kind.stored())
                .bind("user", user)
                .bind("epoch", link.epoch())
                .bind("subject", link.subject())
                .bind("now", now.toEpochMilli())
                .bind("expires", now.plus(kind.lifetime()).toEpochMilli())
                .execute();
    }

    Optional<SpentLink> find(Sql sql, String hash, LinkKind kind, Instant now) {
        return sql.handle()
                .createQuery("""
                        SELECT user_id, epoch, subject FROM link
                        WHERE token_hash = :hash AND kind = :kind AND expires_at > :now""")
                .bind("hash", hash)
                .bind("kind", kind.stored())
                .bind("now", now.toEpochMilli())
                .map((row, context) -> link(row))
                .findOne();
    }

    Optional<Taken> take(Tx tx, String hash, LinkKind kind, Instant now) {
        return tx.handle()
                .createQuery("""
                        DELETE FROM link WHERE token_hash = :hash AND kind = :kind AND expires_at > :now
                        RETURNING user_id, epoch, subject, created_at""")
                .bind("hash", hash)
                .bind("kind", kind.stored())
                .bind("now", now.toEpochMilli())
                .map((row, context) -> new Taken(link(row), row.getLong("created_at")))
                .findOne();
    }

    void deleteOfKind(Tx tx, UserId user, LinkKind kind) {
        tx.handle()
                .createUpdate("DELETE FROM link WHERE user_id = :user AND kind = :kind")
                .bind("user", user.value())
                .bind("kind", kind.stored())
                .execute();
    }

    /** Deletes the user's links of the kind that were made after the spent one; of one instant those with its subject. */
    void deleteYounger(Tx tx, UserId user, LinkKind kind, Taken spent) {
        tx.handle()
                .createUpdate("""
                        DELETE FROM link WHERE user_id = :user AND kind = :kind
                          AND (created_at > :made OR (created_at = :made AND subject = :subject))""")
                .bind("user", user.value())
                .bind("kind", kind.stored())
                .bind("made", spent.createdAt())
                .bind("subject", spent.link().subject())
                .execute();
    }

    void deleteAnonymous(Tx tx, TenantId tenant, LinkKind kind) {
        tx.handle()
                .createUpdate("DELETE FROM link WHERE tenant_id = :tenant AND user_id IS NULL AND kind = :kind")
                .bind("tenant", tenant.value())
                .bind("kind", kind.stored())
                .execute();
    }

    void deleteEverybodys(Tx tx) {
        tx.handle().createUpdate("DELETE FROM link").execute();
    }

    int deleteExpired(Tx tx, Instant now, int limit) {
        return tx.handle()
                .createUpdate("""
                        DELETE FROM link WHERE token_hash IN (
                            SELECT token_hash FROM link WHERE expires_at <= :now LIMIT :limit)""")
                .bind("now", now.toEpochMilli())
                .bind("limit", limit)
                .execute();
    }

    private static SpentLink link(ResultSet row) throws SQLException {
        return new SpentLink(
                Optional.ofNullable(row.getString("user_id")).map(UserId::new),
                row.getLong("epoch"),
                row.getString("subject"));
    }
}
