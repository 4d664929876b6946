package dev.latchkey.user;

import dev.latchkey.core.UserId;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

final class ConsentStore {
    void insert(Tx tx, String id, UserId user, Consent consent) {
        tx.handle()
                .createUpdate("""
                        INSERT INTO user_consent (id, user_id, kind, granted, version, ip, recorded_at)
                        VALUES (:id, :user, :kind, :granted, :version, :ip, :at)""")
                .bind("id", id)
                .bind("user", user.value())
                .bind("kind", consent.kind().wireName())
                .bind("granted", consent.granted())
                .bind("version", consent.version())
                .bind("ip", consent.ip())
                .bind("at", consent.recordedAt().toEpochMilli())
                .execute();
    }

    /** The decision of this kind that is in force. */
    Optional<Consent> latest(Sql sql, UserId user, ConsentKind kind) {
        return list(sql, user).stream()
                .filter(consent -> consent.kind() == kind)
                .findFirst();
    }

    /** Deletes all but the newest decisions of this kind. */
    void keepNewest(Tx tx, UserId user, ConsentKind kind, int most) {
        tx.handle()
                .createUpdate("""
                        DELETE FROM user_consent WHERE user_id = :user AND kind = :kind AND id NOT IN (
                            SELECT id FROM user_consent WHERE user_id = :user AND kind = :kind
                            ORDER BY recorded_at DESC, id DESC LIMIT :most)""")
                .bind("user", user.value())
                .bind("kind", kind.wireName())
                .bind("most", most)
                .execute();
    }

    /** Every decision of the user, newest first. */
    List<Consent> list(Sql sql, UserId user) {
        return sql.handle()
                .createQuery("""
                        SELECT kind, granted, version, ip, recorded_at FROM user_consent WHERE user_id = :user
                        ORDER BY recorded_at DESC, id DESC""")
                .bind("user", user.value())
                .map((row, context) -> new Consent(
                        ConsentKind.ofStored(row.getString("kind")),
                        row.getBoolean("granted"),
                        row.getString("version"),
                        row.getString("ip"),
                        Instant.ofEpochMilli(row.getLong("recorded_at"))))
                .list();
    }
}
