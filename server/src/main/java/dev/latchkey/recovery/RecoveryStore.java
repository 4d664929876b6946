package dev.latchkey.recovery;

import dev.latchkey.core.UserId;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

final class RecoveryStore {
    private static final String COLUMNS = "user_id, epoch, requested_at, ready_at, expires_at, approved_at";

    void put(Tx tx, Recovery recovery) {
        tx.handle()
                .createUpdate("""
                        INSERT INTO factor_recovery (user_id, epoch, requested_at, ready_at, expires_at, approved_at)
                        VALUES (:user, :epoch, :requested, :ready, :expires, NULL)
                        ON CONFLICT (user_id) DO UPDATE SET epoch = excluded.epoch, requested_at = excluded.requested_at,
                               ready_at = excluded.ready_at, expires_at = excluded.expires_at, approved_at = NULL""")
                .bind("user", recovery.user().value())
                .bind("epoch", recovery.epoch())
                .bind("requested", recovery.requestedAt().toEpochMilli())
                .bind("ready", recovery.readyAt().toEpochMilli())
                .bind("expires", recovery.expiresAt().toEpochMilli())
                .execute();
    }

    Optional<Recovery> find(Sql sql, UserId user) {
        return sql.handle()
                .createQuery("SELECT " + COLUMNS + " FROM factor_recovery WHERE user_id = :user")
                .bind("user", user.value())
                .map((row, context) -> recovery(row))
                .findOne();
    }

    boolean approve(Tx tx, UserId user, Instant now) {
        return tx.handle()
                .createQuery("""
                        UPDATE factor_recovery SET approved_at = :now WHERE user_id = :user AND approved_at IS NULL
                        RETURNING user_id""")
                .bind("user", user.value())
                .bind("now", now.toEpochMilli())
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    Optional<Recovery> take(Tx tx, UserId user) {
        return tx.handle()
                .createQuery("DELETE FROM factor_recovery WHERE user_id = :user RETURNING " + COLUMNS)
                .bind("user", user.value())
                .map((row, context) -> recovery(row))
                .findOne();
    }

    int deleteExpired(Tx tx, Instant now, int limit) {
        return tx.handle()
                .createUpdate("""
                        DELETE FROM factor_recovery WHERE user_id IN (
                            SELECT user_id FROM factor_recovery WHERE expires_at <= :now LIMIT :limit)""")
                .bind("now", now.toEpochMilli())
                .bind("limit", limit)
                .execute();
    }

    private static Recovery recovery(ResultSet row) throws SQLException {
        long approved = row.getLong("approved_at");
        Optional<Instant> approvedAt = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(approved));
        return new Recovery(
                new UserId(row.getString("user_id")),
                row.getLong("epoch"),
                Instant.ofEpochMilli(row.getLong("requested_at")),
                Instant.ofEpochMilli(row.getLong("ready_at")),
                Instant.ofEpochMilli(row.getLong("expires_at")),
                approvedAt);
    }
}
