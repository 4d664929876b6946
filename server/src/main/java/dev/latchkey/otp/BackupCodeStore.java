package dev.latchkey.otp;

import dev.latchkey.core.UserId;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.time.Instant;
import java.util.List;

/** The SQL of {@code backup_code}. */
final class BackupCodeStore {
    void put(Tx tx, UserId user, int slot, String hash, Instant now) {
        tx.handle()
                .createUpdate("""
                        INSERT INTO backup_code (user_id, slot, code_hash, created_at)
                        VALUES (:user, :slot, :hash, :now)
                        ON CONFLICT (user_id, slot) DO UPDATE SET
                            code_hash = excluded.code_hash, created_at = excluded.created_at""")
                .bind("user", user.value())
                .bind("slot", slot)
                .bind("hash", hash)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    void deleteMadeSince(Tx tx, UserId user, Instant since) {
        tx.handle()
                .createUpdate("DELETE FROM backup_code WHERE user_id = :user AND created_at >= :since")
                .bind("user", user.value())
                .bind("since", since.toEpochMilli())
                .execute();
    }

    /** Deletes the slots from this one on. */
    void deleteFrom(Tx tx, UserId user, int slot) {
        tx.handle()
                .createUpdate("DELETE FROM backup_code WHERE user_id = :user AND slot >= :slot")
                .bind("user", user.value())
                .bind("slot", slot)
                .execute();
    }

    boolean take(Tx tx, UserId user, List<String> hashes) {
        return tx.handle()
                .createQuery("DELETE FROM backup_code WHERE user_id = :user AND code_hash IN (<hashes>) RETURNING slot")
                .bind("user", user.value())
                .bindList("hashes", hashes)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    int count(Sql sql, UserId user) {
        return sql.handle()
                .createQuery("SELECT COUNT(*) FROM backup_code WHERE user_id = :user")
                .bind("user", user.value())
                .mapTo(Integer.class)
                .one();
    }
}
