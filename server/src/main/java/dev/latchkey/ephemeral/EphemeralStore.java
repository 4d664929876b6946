package dev.latchkey.ephemeral;

import dev.latchkey.db.Reaper;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.time.Instant;
import java.util.Optional;

final class EphemeralStore {
    record Taken(String value, Instant expiresAt) {}

    void put(Tx tx, EntryKind kind, String key, String value, Instant expiresAt) {
        tx.handle()
                .createUpdate("""
                        INSERT INTO ephemeral (kind, entry, value, tally, expires_at)
                        VALUES (:kind, :key, :value, 0, :expiresAt)
                        ON CONFLICT (kind, entry)
                        DO UPDATE SET value = excluded.value, tally = 0, expires_at = excluded.expires_at
                        """)
                .bind("kind", kind.name())
                .bind("key", key)
                .bind("value", value)
                .bind("expiresAt", expiresAt)
                .execute();
    }

    Optional<String> get(Sql sql, EntryKind kind, String key, Instant now) {
        return sql.handle()
                .createQuery("SELECT value FROM ephemeral WHERE kind = :kind AND entry = :key AND expires_at > :now")
                .bind("kind", kind.name())
                .bind("key", key)
                .bind("now", now)
                .mapTo(String.class)
                .findOne();
    }

    Optional<Taken> take(Tx tx, EntryKind kind, String key) {
        return tx.handle()
                .createQuery("DELETE FROM ephemeral WHERE kind = :kind AND entry = :key RETURNING value, expires_at")
                .bind("kind", kind.name())
                .bind("key", key)
                .map((row, context) -> new Taken(row.getString(1), Instant.ofEpochMilli(row.getLong(2))))
                .findOne();
    }

    Count increment(Tx tx, EntryKind kind, String key, Instant now, Instant windowEnd) {
        return tx.handle()
                .createQuery("""
                        INSERT INTO ephemeral (kind, entry, value, tally, expires_at)
                        VALUES (:kind, :key, '', 1, :windowEnd)
                        ON CONFLICT (kind, entry) DO UPDATE SET
                            tally = CASE WHEN ephemeral.expires_at <= :now THEN 1 ELSE ephemeral.tally + 1 END,
                            expires_at = CASE WHEN ephemeral.expires_at <= :now THEN excluded.expires_at
                                         ELSE ephemeral.expires_at END
                        RETURNING tally, expires_at
                        """)
                .bind("kind", kind.name())
                .bind("key", key)
                .bind("now", now)
                .bind("windowEnd", windowEnd)
                .map((row, context) -> new Count(row.getLong(1), Instant.ofEpochMilli(row.getLong(2))))
                .one();
    }

    int decrement(Tx tx, EntryKind kind, String key, Instant now) {
        return tx.handle()
                .createUpdate("""
                        UPDATE ephemeral SET tally = tally - 1
                        WHERE kind = :kind AND entry = :key AND tally > 0 AND expires_at > :now
                        """)
                .bind("kind", kind.name())
                .bind("key", key)
                .bind("now", now)
                .execute();
    }

    /** Counts no further than the capacity: whether there is room is all one needs to know. */
    int countLive(Sql sql, EntryKind kind, Instant now) {
        return sql.handle()
                .createQuery("""
                        SELECT COUNT(*) FROM (
                            SELECT 1 FROM ephemeral WHERE kind = :kind AND expires_at > :now LIMIT :capacity) AS live
                        """)
                .bind("kind", kind.name())
                .bind("now", now)
                .bind("capacity", kind.capacity())
                .mapTo(Integer.class)
                .one();
    }

    int deleteExpired(Tx tx, Instant now) {
        return tx.handle()
                .createUpdate(
                        // The outer condition again, because an entry may have been renewed since the inner one was
                        // read.
                        """
                        DELETE FROM ephemeral
                        WHERE expires_at <= :now AND (kind, entry) IN (
                            SELECT kind, entry FROM ephemeral WHERE expires_at <= :now LIMIT :limit)
                        """)
                .bind("now", now)
                .bind("limit", Reaper.BATCH)
                .execute();
    }
}
