package dev.latchkey.totp;

import dev.latchkey.core.TenantId;
import dev.latchkey.core.TotpDeviceId;
import dev.latchkey.core.UserId;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The SQL of {@code totp_device}. */
final class TotpStore {
    /** A device with its sealed seed. */
    record Row(TotpDevice device, TenantId tenant, byte[] seed) {}

    record SealedSeed(TotpDeviceId device, UserId user, TenantId tenant, byte[] blob) {}

    /** Whether the device is new; false where this setup became one before. */
    boolean insert(Tx tx, UserId user, Row row, long spentStep) {
        TotpDevice device = row.device();
        return tx.handle()
                .createQuery("""
                        INSERT INTO totp_device
                            (id, user_id, tenant_id, name, seed, algorithm, digits, spent_step, created_at)
                        VALUES (:id, :user, :tenant, :name, :seed, :algorithm, :digits, :step, :now)
                        ON CONFLICT DO NOTHING RETURNING id""")
                .bind("id", device.id().value())
                .bind("user", user.value())
                .bind("tenant", row.tenant().value())
                .bind("name", device.name())
                .bind("seed", row.seed())
                .bind("algorithm", device.algorithm().name())
                .bind("digits", device.digits())
                .bind("step", spentStep)
                .bind("now", device.createdAt().toEpochMilli())
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    List<Row> list(Sql sql, UserId user) {
        return sql.handle()
                .createQuery("""
                        SELECT id, tenant_id, name, seed, algorithm, digits, created_at, last_used_at FROM totp_device
                        WHERE user_id = :user ORDER BY created_at, id""")
                .bind("user", user.value())
                .map((row, context) -> row(row))
                .list();
    }

    int count(Sql sql, UserId user) {
        return sql.handle()
                .createQuery("SELECT COUNT(*) FROM totp_device WHERE user_id = :user")
                .bind("user", user.value())
                .mapTo(Integer.class)
                .one();
    }

    boolean exists(Sql sql, UserId user) {
        return sql.handle()
                .createQuery("SELECT 1 FROM totp_device WHERE user_id = :user LIMIT 1")
                .bind("user", user.value())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    long users(Sql sql) {
        return sql.handle()
                .createQuery("SELECT count(DISTINCT user_id) FROM totp_device")
                .mapTo(Long.class)
                .one();
    }

    /** Whether this call spent the step: of any number at once exactly one, and none for a step that is no newer. */
    boolean spend(Tx tx, UserId user, TotpDeviceId device, long step, Instant now) {
        return tx.handle()
                .createQuery("""
                        UPDATE totp_device SET spent_step = :step, last_used_at = :now
                        WHERE id = :id AND user_id = :user AND spent_step < :step RETURNING id""")
                .bind("step", step)
                .bind("now", now.toEpochMilli())
                .bind("id", device.value())
                .bind("user", user.value())
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    boolean rename(Tx tx, UserId user, TotpDeviceId device, String name) {
        return tx.handle()
                        .createUpdate("UPDATE totp_device SET name = :name WHERE id = :id AND user_id = :user")
                        .bind("name", name)
                        .bind("id", device.value())
                        .bind("user", user.value())
                        .execute()
                > 0;
    }

    Optional<String> delete(Tx tx, UserId user, TotpDeviceId device) {
        return tx.handle()
                .createQuery("DELETE FROM totp_device WHERE id = :id AND user_id = :user RETURNING name")
                .bind("id", device.value())
                .bind("user", user.value())
                .mapTo(String.class)
                .findOne();
    }

    int deleteOfUser(Tx tx, UserId user) {
        return tx.handle()
                .createUpdate("DELETE FROM totp_device WHERE user_id = :user")
                .bind("user", user.value())
                .execute();
    }

    long stale(Sql sql, byte[] prefix) {
        return sql.handle()
                .createQuery("SELECT COUNT(*) FROM totp_device WHERE substr(seed, 1, :length) <> :prefix")
                .bind("length", prefix.length)
                .bind("prefix", prefix)
                .mapTo(long.class)
                .one();
    }

    /** Seeds under another master key, by device. */
    List<SealedSeed> stale(Sql sql, byte[] prefix, String after, int limit) {
        return sql.handle()
                .createQuery("""
                        SELECT id, user_id, tenant_id, seed FROM totp_device
                        WHERE substr(seed, 1, :length) <> :prefix AND id > :after ORDER BY id LIMIT :limit""")
                .bind("length", prefix.length)
                .bind("prefix", prefix)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> new SealedSeed(
                        new TotpDeviceId(row.getString("id")),
                        new UserId(row.getString("user_id")),
                        new TenantId(row.getString("tenant_id")),
                        row.getBytes("seed")))
                .list();
    }

    boolean reseal(Tx tx, SealedSeed row, byte[] resealed) {
        return tx.handle()
                        .createUpdate("UPDATE totp_device SET seed = :resealed WHERE id = :id AND seed = :sealed")
                        .bind("resealed", resealed)
                        .bind("id", row.device().value())
                        .bind("sealed", row.blob())
                        .execute()
                == 1;
    }

    private static Row row(ResultSet row) throws SQLException {
        long lastUsed = row.getLong("last_used_at");
        Optional<Instant> lastUsedAt = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(lastUsed));
        TotpDevice device = new TotpDevice(
                new TotpDeviceId(row.getString("id")),
                row.getString("name"),
                TotpAlgorithm.valueOf(row.getString("algorithm")),
                row.getInt("digits"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                lastUsedAt);
        return new Row(device, new TenantId(row.getString("tenant_id")), row.getBytes("seed"));
    }
}
