package dev.latchkey.session;

import dev.latchkey.core.UserId;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

final class KnownDeviceStore {
    /** A browser that passes for the second factor. */
    record Trusted(String hash, String userAgent, Instant since, Instant lastSeen, Instant until) {}

    /** A browser that a login was completed in. */
    record Known(String userAgent, Instant since, Instant lastSeen, Optional<Instant> trustedUntil) {}

    /** @param hash of the browser's secret */
    record Row(String hash, Instant lastSeen) {}

    Optional<Row> find(Sql sql, UserId user, String hash) {
        return sql.handle()
                .createQuery("SELECT last_seen FROM known_device WHERE user_id = :user AND device_hash = :hash")
                .bind("user", user.value())
                .bind("hash", hash)
                .map((row, context) -> new Row(hash, Instant.ofEpochMilli(row.getLong("last_seen"))))
                .findOne();
    }

    /** Whether we gave this secret out, to whichever user. */
    boolean isIssued(Sql sql, String hash) {
        return sql.handle()
                .createQuery("SELECT 1 FROM known_device WHERE device_hash = :hash LIMIT 1")
                .bind("hash", hash)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    boolean hasAny(Sql sql, UserId user) {
        return sql.handle()
                .createQuery("SELECT 1 FROM known_device WHERE user_id = :user LIMIT 1")
                .bind("user", user.value())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    void renew(Tx tx, UserId user, String hash, Instant now) {
        tx.handle()
                .createUpdate("UPDATE known_device SET last_seen = :now WHERE user_id = :user AND device_hash = :hash")
                .bind("now", now.toEpochMilli())
                .bind("user", user.value())
                .bind("hash", hash)
                .execute();
    }

    /** @param givenAfter when trust must have been given at the earliest */
    boolean isTrusted(Sql sql, UserId user, String hash, Instant now, Instant givenAfter) {
        return sql.handle()
                .createQuery("""
                        SELECT 1 FROM known_device
                        WHERE user_id = :user AND device_hash = :hash AND trusted_until > :now
                            AND COALESCE(trusted_at, created_at) > :givenAfter""")
                .bind("user", user.value())
                .bind("hash", hash)
                .bind("now", now.toEpochMilli())
                .bind("givenAfter", givenAfter.toEpochMilli())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /** The one signed in from last first. */
    List<Trusted> trusted(Sql sql, UserId user, Instant now, Instant givenAfter) {
        return sql.handle()
                .createQuery("""
                        SELECT device_hash, user_agent, COALESCE(trusted_at, created_at) AS since, last_seen, trusted_until
                        FROM known_device
                        WHERE user_id = :user AND trusted_until > :now AND COALESCE(trusted_at, created_at) > :givenAfter
                        ORDER BY last_seen DESC, device_hash""")
                .bind("user", user.value())
                .bind("now", now.toEpochMilli())
                .bind("givenAfter", givenAfter.toEpochMilli())
                .map((row, context) -> new Trusted(
                        row.getString("device_hash"),
                        row.getString("user_agent"),
                        Instant.ofEpochMilli(row.getLong("since")),
                        Instant.ofEpochMilli(row.getLong("last_seen")),
                        Instant.ofEpochMilli(row.getLong("trusted_until"))))
                .list();
    }

    /** The one signed in from last first. */
    List<Known> known(Sql sql, UserId user) {
        return sql.handle()
                .createQuery("""
                        SELECT user_agent, created_at, last_seen, COALESCE(trusted_until, 0) AS until FROM known_device
                        WHERE user_id = :user ORDER BY last_seen DESC, device_hash""")
                .bind("user", user.value())
                .map((row, context) -> new Known(
                        row.getString("user_agent"),
                        Instant.ofEpochMilli(row.getLong("created_at")),
                        Instant.ofEpochMilli(row.getLong("last_seen")),
                        Optional.of(Instant.ofEpochMilli(row.getLong("until"))).filter(Instant.EPOCH::isBefore)))
                .list();
    }

    void trust(Tx tx, UserId user, String hash, Instant now, Instant until) {
        tx.handle()
                .createUpdate("""
                        UPDATE known_device SET trusted_at = :now, trusted_until = :until
                        WHERE user_id = :user AND device_hash = :hash""")
                .bind("now", now.toEpochMilli())
                .bind("until", until.toEpochMilli())
                .bind("user", user.value())
                .bind("hash", hash)
                .execute();
    }

    boolean distrust(Tx tx, UserId user, String hash) {
        return tx.handle()
                        .createUpdate("""
                                UPDATE known_device SET trusted_at = NULL, trusted_until = NULL
                                WHERE user_id = :user AND device_hash = :hash AND trusted_until IS NOT NULL""")
                        .bind("user", user.value())
                        .bind("hash", hash)
                        .execute()
                == 1;
    }

    void distrust(Tx tx, UserId user) {
        tx.handle()
                .createUpdate("UPDATE known_device SET trusted_at = NULL, trusted_until = NULL WHERE user_id = :user")
                .bind("user", user.value())
                .execute();
    }

    void insert(Tx tx, UserId user, String hash, String userAgent, Instant now) {
        tx.handle()
                .createUpdate("""
                        INSERT INTO known_device (user_id, device_hash, user_agent, created_at, last_seen)
                        VALUES (:user, :hash, :agent, :now, :now)""")
                .bind("user", user.value())
                .bind("hash", hash)
                .bind("agent", userAgent)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    void keepNewest(Tx tx, UserId user, int most) {
        tx.handle()
                .createUpdate("""
                        DELETE FROM known_device WHERE user_id = :user AND device_hash IN (
                            SELECT device_hash FROM known_device WHERE user_id = :user
                            ORDER BY last_seen DESC, device_hash LIMIT 1000 OFFSET :most)""")
                .bind("user", user.value())
                .bind("most", most)
                .execute();
    }

    void deleteOfUser(Tx tx, UserId user) {
        tx.handle()
                .createUpdate("DELETE FROM known_device WHERE user_id = :user")
                .bind("user", user.value())
                .execute();
    }

    int deleteSeenBefore(Tx tx, Instant before, int limit) {
        return tx.handle()
                .createUpdate("""
                        DELETE FROM known_device WHERE (user_id, device_hash) IN (
                            SELECT user_id, device_hash FROM known_device WHERE last_seen < :before LIMIT :limit)""")
                .bind("before", before.toEpochMilli())
                .bind("limit", limit)
                .execute();
    }
}
