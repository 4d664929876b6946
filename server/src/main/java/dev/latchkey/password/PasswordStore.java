package dev.latchkey.password;

import dev.latchkey.core.UserId;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The SQL of {@code password_credential} and {@code password_history}. */
final class PasswordStore {
    Optional<String> hash(Sql sql, UserId user) {
        return sql.handle()
                .createQuery("SELECT hash FROM password_credential WHERE user_id = :user")
                .bind("user", user.value())
                .mapTo(String.class)
                .findOne();
    }

    Map<UserId, String> hashes(Sql sql, List<UserId> users) {
        Map<UserId, String> hashes = new HashMap<>();
        sql.handle()
                .createQuery("SELECT user_id, hash FROM password_credential WHERE user_id IN (<users>)")
                .bindList("users", users.stream().map(UserId::value).toList())
                .map((row, context) -> hashes.put(new UserId(row.getString("user_id")), row.getString("hash")))
                .list();
        return hashes;
    }

    /** First passwords; who has one keeps it. */
    void insertAll(Tx tx, Map<UserId, String> hashes, long now) {
        PreparedBatch batch = tx.handle().prepareBatch("""
                        INSERT INTO password_credential (user_id, hash, generation, changed_at)
                        VALUES (:user, :hash, 1, :now) ON CONFLICT DO NOTHING""");
        hashes.forEach((user, hash) -> batch.bind("user", user.value())
                .bind("hash", hash)
                .bind("now", now)
                .add());
        batch.execute();
    }

    /** The present hash, then earlier ones, newest first; {@code most} in all. */
    List<String> recent(Sql sql, UserId user, int most) {
        return sql.handle()
                .createQuery("""
                        SELECT hash FROM (
                            SELECT hash, generation FROM password_credential WHERE user_id = :user
                            UNION ALL
                            SELECT hash, generation FROM password_history WHERE user_id = :user
                        ) AS passwords
                        ORDER BY generation DESC
                        LIMIT :most""")
                .bind("user", user.value())
                .bind("most", most)
                .mapTo(String.class)
                .list();
    }

    /** Moves the present hash, if there is one, to the history. */
    void retire(Tx tx, UserId user, long now) {
        tx.handle()
                .createUpdate("""
                        INSERT INTO password_history (user_id, generation, hash, replaced_at)
                        SELECT user_id, generation, hash, :now FROM password_credential WHERE user_id = :user
                        ON CONFLICT (user_id, generation) DO NOTHING""")
                .bind("user", user.value())
                .bind("now", now)
                .execute();
    }

    void put(Tx tx, UserId user, String hash, long now) {
        tx.handle()
                .createUpdate("""
                        INSERT INTO password_credential (user_id, hash, generation, changed_at)
                        VALUES (:user, :hash,
                            (SELECT COALESCE(MAX(generation), 0) + 1 FROM password_history WHERE user_id = :user), :now)
                        ON CONFLICT (user_id) DO UPDATE
                        SET hash = excluded.hash, generation = excluded.generation, changed_at = excluded.changed_at""")
                .bind("user", user.value())
                .bind("hash", hash)
                .bind("now", now)
                .execute();
    }

    /** Forgets all but the newest {@code keep} earlier hashes. */
    void trimHistory(Tx tx, UserId user, int keep) {
        tx.handle()
                .createUpdate("""
                        DELETE FROM password_history
                        WHERE user_id = :user AND generation <= (
                            SELECT MAX(generation) FROM password_history WHERE user_id = :user) - :keep""")
                .bind("user", user.value())
                .bind("keep", keep)
                .execute();
    }

    /** Puts {@code better} in the place of {@code expected}; false where another hash stands there by now. */
    boolean replace(Tx tx, UserId user, String expected, String better) {
        return tx.handle()
                        .createUpdate("""
                                UPDATE password_credential SET hash = :better
                                WHERE user_id = :user AND hash = :expected""")
                        .bind("user", user.value())
                        .bind("expected", expected)
                        .bind("better", better)
                        .execute()
                == 1;
    }

    void delete(Tx tx, UserId user) {
        tx.handle()
                .createUpdate("DELETE FROM password_credential WHERE user_id = :user")
                .bind("user", user.value())
                .execute();
    }
}
