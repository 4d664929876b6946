package dev.latchkey.outbox;

import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The only class that names the table. Every change of a claimed row names the lease: who lost it changes nothing. */
final class OutboxStore {
    record SealedPayload(String id, String tenant, byte[] blob) {}

    void insert(Tx tx, String id, OutboxMessage message, byte[] sealed, Instant now, Instant expiresAt) {
        tx.handle()
                .createUpdate("""
                        INSERT INTO outbox (id, tenant_id, kind, payload, created_at, expires_at, due_at, tries)
                        VALUES (:id, :tenant, :kind, :payload, :now, :expires, :now, 0)
                        """)
                .bind("id", id)
                .bind("tenant", message.tenant().value())
                .bind("kind", message.kind())
                .bind("payload", sealed)
                .bind("now", now.toEpochMilli())
                .bind("expires", expiresAt.toEpochMilli())
                .execute();
    }

    /** Takes what is due of these kinds, oldest first. */
    List<Claimed> claim(Tx tx, Collection<String> kinds, Lease lease, Instant now, int max) {
        // The outer conditions repeat the inner ones: of two nodes that select the same row, PostgreSQL lets the
        // second look at these again once the first has committed.
        List<Claimed> claimed = tx.handle()
                .createQuery("""
                        UPDATE outbox SET lease = :holder, due_at = :end, tries = tries + 1
                        WHERE dead_at IS NULL AND due_at <= :now AND id IN (
                            SELECT id FROM outbox WHERE dead_at IS NULL AND due_at <= :now AND kind IN (<kinds>)
                            ORDER BY due_at, id LIMIT :max)
                        RETURNING id, tenant_id, kind, payload, expires_at, tries
                        """)
                .bindList("kinds", List.copyOf(kinds))
                .bind("holder", lease.holder())
                .bind("end", lease.end().toEpochMilli())
                .bind("now", now.toEpochMilli())
                .bind("max", max)
                .map((row, context) -> new Claimed(
                        row.getString("id"),
                        row.getString("tenant_id"),
                        row.getString("kind"),
                        row.getBytes("payload"),
                        Instant.ofEpochMilli(row.getLong("expires_at")),
                        row.getInt("tries")))
                .list();
        return claimed.stream().sorted((a, b) -> a.id().compareTo(b.id())).toList();
    }

    void delivered(Tx tx, String id, Lease lease) {
        tx.handle()
                .createUpdate("DELETE FROM outbox WHERE id = :id AND lease = :holder")
                .bind("id", id)
                .bind("holder", lease.holder())
                .execute();
    }

    void retryAt(Tx tx, String id, Lease lease, Instant due, String failure) {
        tx.handle()
                .createUpdate("""
                        UPDATE outbox SET lease = NULL, due_at = :due, failure = :failure
                        WHERE id = :id AND lease = :holder
                        """)
                .bind("id", id)
                .bind("holder", lease.holder())
                .bind("due", due.toEpochMilli())
                .bind("failure", failure)
                .execute();
    }

    /** Gives back what was claimed and not tried. */
    void release(Tx tx, String id, Lease lease, Instant now) {
        tx.handle()
                .createUpdate("""
                        UPDATE outbox SET lease = NULL, due_at = :now, tries = tries - 1
                        WHERE id = :id AND lease = :holder
                        """)
                .bind("id", id)
                .bind("holder", lease.holder())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** Ends every claim; tries stay counted, so that a message that brings its server down is given up one day. */
    void takeBack(Tx tx, Instant now) {
        tx.handle()
                .createUpdate(
                        "UPDATE outbox SET lease = NULL, due_at = :now WHERE lease IS NOT NULL AND dead_at IS NULL")
                .bind("now", now.toEpochMilli())
                .execute();
    }

    void dead(Tx tx, String id, Lease lease, Instant now, Instant deleteAt, String failure) {
        tx.handle()
                .createUpdate("""
                        UPDATE outbox SET lease = NULL, dead_at = :now, due_at = :delete, failure = :failure
                        WHERE id = :id AND lease = :holder
                        """)
                .bind("id", id)
                .bind("holder", lease.holder())
                .bind("now", now.toEpochMilli())
                .bind("delete", deleteAt.toEpochMilli())
                .bind("failure", failure)
                .execute();
    }

    /** What nobody could send in time is dead, and its content of no more use; what nobody holds only. */
    int expire(Tx tx, Instant now, Instant deleteAt, String failure) {
        return tx.handle()
                .createUpdate("""
                        UPDATE outbox SET dead_at = :now, due_at = :delete, failure = :failure, payload = :nothing
                        WHERE dead_at IS NULL AND expires_at <= :now AND (lease IS NULL OR due_at <= :now)
                        """)
                .bind("now", now.toEpochMilli())
                .bind("delete", deleteAt.toEpochMilli())
                .bind("failure", failure)
                .bind("nothing", new byte[0])
                .execute();
    }

    int deleteDead(Tx tx, Instant now) {
        return tx.handle()
                .createUpdate("DELETE FROM outbox WHERE dead_at IS NOT NULL AND due_at <= :now")
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** When there is next something to do: send one of these kinds, give up on one of the others, forget a dead one. */
    Optional<Instant> nextDue(Sql sql, Collection<String> kinds) {
        return sql.handle()
                .createQuery("""
                        SELECT MIN(CASE WHEN dead_at IS NULL AND kind NOT IN (<kinds>) THEN expires_at ELSE due_at END)
                        FROM outbox
                        """)
                .bindList("kinds", List.copyOf(kinds))
                .map((row, context) -> {
                    long due = row.getLong(1);
                    return row.wasNull() ? Optional.<Instant>empty() : Optional.of(Instant.ofEpochMilli(due));
                })
                .one();
    }

    long stale(Sql sql, byte[] prefix) {
        return sql.handle()
                .createQuery("""
                        SELECT COUNT(*) FROM outbox
                        WHERE length(payload) > 0 AND substr(payload, 1, :length) <> :prefix
                        """)
                .bind("length", prefix.length)
                .bind("prefix", prefix)
                .mapTo(long.class)
                .one();
    }

    /** Payloads under another master key, by id. */
    List<SealedPayload> stale(Sql sql, byte[] prefix, String after, int limit) {
        return sql.handle()
                .createQuery("""
                        SELECT id, tenant_id, payload FROM outbox
                        WHERE length(payload) > 0 AND substr(payload, 1, :length) <> :prefix AND id > :after
                        ORDER BY id LIMIT :limit
                        """)
                .bind("length", prefix.length)
                .bind("prefix", prefix)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) ->
                        new SealedPayload(row.getString("id"), row.getString("tenant_id"), row.getBytes("payload")))
                .list();
    }

    boolean reseal(Tx tx, SealedPayload row, byte[] resealed) {
        return tx.handle()
                        .createUpdate("UPDATE outbox SET payload = :resealed WHERE id = :id AND payload = :sealed")
                        .bind("resealed", resealed)
                        .bind("id", row.id())
                        .bind("sealed", row.blob())
                        .execute()
                == 1;
    }

    void deleteAll(Tx tx) {
        tx.handle().createUpdate("DELETE FROM outbox").execute();
    }

    OutboxCounts counts(Sql sql) {
        return sql.handle()
                .createQuery("SELECT COUNT(*) AS total, COUNT(dead_at) AS dead FROM outbox")
                .map((row, context) ->
                        new OutboxCounts(row.getLong("total") - row.getLong("dead"), row.getLong("dead")))
                .one();
    }
}
