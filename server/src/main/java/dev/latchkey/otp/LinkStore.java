package dev.latchkey.otp;

import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

final class LinkStore {
    private static final String COLUMNS = "user_id, epoch, subject, factor, factor_id, created_at";

    void insert(Tx tx, TenantId tenant, String hash, LinkKind kind, SpentLink link) {
        Optional<LinkedFactor> factor = link.factor();
        tx.handle()
                .createUpdate("""
                        INSERT INTO link (token_hash, tenant_id, kind, user_id, epoch, subject, factor, factor_id,
                                          created_at, expires_at)
                        VALUES (:hash, :tenant, :kind, :user, :epoch, :subject, :factor, :factorId, :now, :expires)""")
                .bind("hash", hash)
                .bind("tenant", tenant.value())
                .bind("kind", kind.stored())
                .bind("user", link.user().map(UserId::value).orElse(null))
                .bind("epoch", link.epoch())
                .bind("subject", link.subject())
                .bind("factor", factor.map(LinkedFactor::kind).orElse(null))
                .bind("factorId", factor.map(LinkedFactor::id).orElse(null))
                .bind("now", link.createdAt().toEpochMilli())
                .bind("expires", link.createdAt().plus(kind.lifetime()).toEpochMilli())
                .execute();
    }

    Optional<SpentLink> find(Sql sql, String hash, LinkKind kind, Instant now) {
        return sql.handle()
                .createQuery("SELECT " + COLUMNS
                        + " FROM link WHERE token_hash = :hash AND kind = :kind AND expires_at > :now")
                .bind("hash", hash)
                .bind("kind", kind.stored())
                .bind("now", now.toEpochMilli())
                .map((row, context) -> link(row))
                .findOne();
    }

    Optional<SpentLink> take(Tx tx, String hash, LinkKind kind, Instant now) {
        return tx.handle()
                .createQuery(
                        "DELETE FROM link WHERE token_hash = :hash AND kind = :kind AND expires_at > :now RETURNING "
                                + COLUMNS)
                .bind("hash", hash)
                .bind("kind", kind.stored())
                .bind("now", now.toEpochMilli())
                .map((row, context) -> link(row))
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
    void deleteYounger(Tx tx, UserId user, LinkKind kind, SpentLink spent) {
        tx.handle()
                .createUpdate("""
                        DELETE FROM link WHERE user_id = :user AND kind = :kind
                          AND (created_at > :made OR (created_at = :made AND subject = :subject))""")
                .bind("user", user.value())
                .bind("kind", kind.stored())
                .bind("made", spent.createdAt().toEpochMilli())
                .bind("subject", spent.subject())
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
        @Nullable String factorId = row.getString("factor_id");
        return new SpentLink(
                Optional.ofNullable(row.getString("user_id")).map(UserId::new),
                row.getLong("epoch"),
                row.getString("subject"),
                Optional.ofNullable(row.getString("factor"))
                        .map(kind -> new LinkedFactor(kind, Objects.requireNonNullElse(factorId, ""))),
                Instant.ofEpochMilli(row.getLong("created_at")));
    }
}
