package dev.latchkey.change;

import dev.latchkey.core.TenantId;
import dev.latchkey.db.Reaper;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.time.Instant;
import java.util.List;

final class ChangeStore {
    record Entry(long seq, Change change) {}

    /** The head's row lock is held until COMMIT, so that whoever sees a number sees every smaller one. */
    void append(Tx tx, Change change) {
        long seq = tx.handle()
                .createQuery("UPDATE change_head SET seq = seq + 1 WHERE id = 1 RETURNING seq")
                .mapTo(Long.class)
                .one();
        tx.handle()
                .createUpdate("""
                        INSERT INTO change (seq, tenant_id, kind, subject, value, expires_at)
                        VALUES (:seq, :tenant, :kind, :subject, :value, :expiresAt)
                        """)
                .bind("seq", seq)
                .bind("tenant", change.tenant())
                .bind("kind", change.kind())
                .bind("subject", change.subject())
                .bind("value", change.value())
                .bind("expiresAt", change.expiresAt())
                .execute();
    }

    /** PostgreSQL only: tells every node that listens, once this is committed. */
    void announce(Tx tx, String channel) {
        tx.handle()
                .createQuery("SELECT pg_notify(:channel, '')")
                .bind("channel", channel)
                .mapTo(String.class)
                .one();
    }

    List<Entry> after(Sql sql, long seq, int limit) {
        return sql.handle()
                .createQuery("""
                        SELECT seq, tenant_id, kind, subject, value, expires_at FROM change
                        WHERE seq > :seq ORDER BY seq LIMIT :limit
                        """)
                .bind("seq", seq)
                .bind("limit", limit)
                .map((row, context) -> new Entry(
                        row.getLong(1),
                        new Change(
                                new TenantId(row.getString(2)),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                Instant.ofEpochMilli(row.getLong(6)))))
                .list();
    }

    int deleteExpired(Tx tx, Instant now) {
        return tx.handle()
                .createUpdate("""
                        DELETE FROM change
                        WHERE seq IN (SELECT seq FROM change WHERE expires_at <= :now ORDER BY expires_at LIMIT :limit)
                        """)
                .bind("now", now)
                .bind("limit", Reaper.BATCH)
                .execute();
    }
}
