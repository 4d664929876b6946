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

/** The SQL of {@code login_code}. A row without a user is found by no statement that spends. */
final class LoginCodeStore {
    record Row(
            String attemptHash,
            long epoch,
            LoginChannel channel,
            String destination,
            String codeHash,
            String linkHash,
            int triesLeft,
            Instant expiresAt) {}

    /** A row that one try was taken from. */
    record Tried(String codeHash, int triesLeft) {}

    void put(Tx tx, TenantId tenant, @Nullable String user, Row row) {
        tx.handle()
                .createUpdate("""
                        INSERT INTO login_code (attempt_hash, tenant_id, user_id, epoch, channel, destination, code_hash,
                                                link_hash, tries_left, expires_at)
                        VALUES (:attempt, :tenant, :user, :epoch, :channel, :destination, :code, :link, :tries, :expires)
                        ON CONFLICT (attempt_hash) DO UPDATE SET
                            tenant_id = excluded.tenant_id, user_id = excluded.user_id, epoch = excluded.epoch,
                            channel = excluded.channel, destination = excluded.destination,
                            code_hash = excluded.code_hash, link_hash = excluded.link_hash,
                            tries_left = excluded.tries_left, expires_at = excluded.expires_at""")
                .bind("attempt", row.attemptHash())
                .bind("tenant", tenant.value())
                .bind("user", user)
                .bind("epoch", row.epoch())
                .bind("channel", row.channel().stored())
                .bind("destination", row.destination())
                .bind("code", row.codeHash())
                .bind("link", row.linkHash())
                .bind("tries", row.triesLeft())
                .bind("expires", row.expiresAt().toEpochMilli())
                .execute();
    }

    /** Takes a try and locks the row until the end of the transaction; empty where there is none, or no try left. */
    Optional<Tried> tryOnce(Tx tx, String attemptHash, Instant now) {
        return tx.handle()
                .createQuery("""
                        UPDATE login_code SET tries_left = tries_left - 1
                        WHERE attempt_hash = :attempt AND expires_at > :now AND tries_left > 0
                        RETURNING code_hash, tries_left""")
                .bind("attempt", attemptHash)
                .bind("now", now.toEpochMilli())
                .map((row, context) -> new Tried(row.getString("code_hash"), row.getInt("tries_left")))
                .findOne();
    }

    /** Of spent ones there is no row any more; of those that are over there is one until the reaper comes. */
    Optional<CodeOwner> ownerOf(Sql sql, String attemptHash) {
        return sql.handle()
                .createQuery("""
                        SELECT user_id, epoch FROM login_code
                        WHERE attempt_hash = :attempt AND user_id IS NOT NULL""")
                .bind("attempt", attemptHash)
                .map((row, context) -> new CodeOwner(new UserId(row.getString("user_id")), row.getLong("epoch")))
                .findOne();
    }

    Optional<SpentCode> takeByAttempt(Tx tx, String attemptHash) {
        return tx.handle()
                .createQuery("""
                        DELETE FROM login_code WHERE attempt_hash = :attempt AND user_id IS NOT NULL
                        RETURNING user_id, epoch, channel, destination""")
                .bind("attempt", attemptHash)
                .map((row, context) -> spent(row))
                .findOne();
    }

    Optional<SpentCode> takeByLink(Tx tx, String linkHash, String attemptHash, Instant now) {
        return tx.handle()
                .createQuery("""
                        DELETE FROM login_code
                        WHERE link_hash = :link AND attempt_hash = :attempt AND expires_at > :now AND tries_left > 0
                          AND user_id IS NOT NULL
                        RETURNING user_id, epoch, channel, destination""")
                .bind("link", linkHash)
                .bind("attempt", attemptHash)
                .bind("now", now.toEpochMilli())
                .map((row, context) -> spent(row))
                .findOne();
    }

    /** The attempt that a good link belongs to. */
    Optional<String> attemptOf(Sql sql, String linkHash, Instant now) {
        return sql.handle()
                .createQuery("""
                        SELECT attempt_hash FROM login_code
                        WHERE link_hash = :link AND expires_at > :now AND tries_left > 0 AND user_id IS NOT NULL""")
                .bind("link", linkHash)
                .bind("now", now.toEpochMilli())
                .mapTo(String.class)
                .findOne();
    }

    void deleteOfAttempt(Tx tx, String attemptHash) {
        tx.handle()
                .createUpdate("DELETE FROM login_code WHERE attempt_hash = :attempt")
                .bind("attempt", attemptHash)
                .execute();
    }

    void deleteOfUser(Tx tx, UserId user) {
        tx.handle()
                .createUpdate("DELETE FROM login_code WHERE user_id = :user")
                .bind("user", user.value())
                .execute();
    }

    int deleteExpired(Tx tx, Instant now, int limit) {
        return tx.handle()
                .createUpdate("""
                        DELETE FROM login_code WHERE expires_at <= :now AND attempt_hash IN (
                            SELECT attempt_hash FROM login_code WHERE expires_at <= :now LIMIT :limit)""")
                .bind("now", now.toEpochMilli())
                .bind("limit", limit)
                .execute();
    }

    private static SpentCode spent(ResultSet row) throws SQLException {
        return new SpentCode(
                new UserId(row.getString("user_id")),
                row.getLong("epoch"),
                LoginChannel.of(row.getString("channel")),
                row.getString("destination"));
    }
}
