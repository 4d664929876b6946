package dev.latchkey.key;

import dev.latchkey.core.TenantId;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import dev.latchkey.jose.SignatureAlgorithm;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class SigningKeyStore {
    /** For tokens that another node signs before it hears of the change, and for clocks that differ. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    record SealedRow(TenantId tenant, String kid, byte[] blob) {
        String position() {
            return tenant.value() + '|' + kid;
        }
    }

    List<KeyRow> all(Sql sql, TenantId tenant) {
        return sql.handle()
                .createQuery("""
                        SELECT kid, key_use, algorithm, state, public_jwk, sealed_private, created_at, activates_at, retired_at,
                               verify_until, longest_token_ms
                        FROM signing_key WHERE tenant_id = :tenant ORDER BY created_at DESC, kid""")
                .bind("tenant", tenant.value())
                .map((row, context) -> read(row))
                .list();
    }

    /**
     * Locks the slot's next and active key and answers the ids by state, as they are once other transactions that held them are
     * done: a plain read could tell of a next key that another node has activated meanwhile.
     */
    Map<KeyState, String> lock(Tx tx, TenantId tenant, KeySlot slot) {
        Map<KeyState, String> kids = new EnumMap<>(KeyState.class);
        tx.handle()
                .createQuery("""
                        UPDATE signing_key SET state = state
                        WHERE tenant_id = :tenant AND key_use = :use AND algorithm = :algorithm
                          AND state IN ('next', 'active')
                        RETURNING kid, state""")
                .bind("tenant", tenant.value())
                .bind("use", slot.use().stored())
                .bind("algorithm", slot.algorithm().joseName())
                .map((row, context) -> Map.entry(KeyState.ofStored(row.getString("state")), row.getString("kid")))
                .forEach(entry -> kids.put(entry.getKey(), entry.getValue()));
        return kids;
    }

    Optional<String> kid(Sql sql, TenantId tenant, KeySlot slot, KeyState state) {
        return sql.handle()
                .createQuery("""
                        SELECT kid FROM signing_key
                        WHERE tenant_id = :tenant AND key_use = :use AND algorithm = :algorithm AND state = :state""")
                .bind("tenant", tenant.value())
                .bind("use", slot.use().stored())
                .bind("algorithm", slot.algorithm().joseName())
                .bind("state", state.stored())
                .mapTo(String.class)
                .findOne();
    }

    /** Answers false where the slot already has a key in this state. */
    boolean insert(Tx tx, NewKey key, KeyState state, Instant now, Instant activatesAt, Duration longestToken) {
        return tx.handle()
                        .createUpdate("""
                        INSERT INTO signing_key (kid, tenant_id, key_use, algorithm, state, public_jwk, sealed_private,
                                                 longest_token_ms, created_at, activates_at)
                        VALUES (:kid, :tenant, :use, :algorithm, :state, :jwk, :sealed, :longest, :now, :activates)
                        ON CONFLICT DO NOTHING""")
                        .bind("kid", key.kid())
                        .bind("tenant", key.tenant().value())
                        .bind("use", key.slot().use().stored())
                        .bind("algorithm", key.slot().algorithm().joseName())
                        .bind("state", state.stored())
                        .bind("jwk", key.publicJwk())
                        .bind("sealed", key.sealedPrivate())
                        .bind("longest", longestToken.toMillis())
                        .bind("now", now.toEpochMilli())
                        .bind("activates", activatesAt.toEpochMilli())
                        .execute()
                == 1;
    }

    /** A key that only verifies, until then. */
    boolean insertRetired(
            Tx tx, TenantId tenant, KeySlot slot, String kid, String publicJwk, Instant now, Instant until) {
        return tx.handle()
                        .createUpdate("""
                        INSERT INTO signing_key (kid, tenant_id, key_use, algorithm, state, public_jwk,
                                                 longest_token_ms, created_at, activates_at, retired_at, verify_until)
                        VALUES (:kid, :tenant, :use, :algorithm, 'retired', :jwk, 0, :now, :now, :now, :until)
                        ON CONFLICT DO NOTHING""")
                        .bind("kid", kid)
                        .bind("tenant", tenant.value())
                        .bind("use", slot.use().stored())
                        .bind("algorithm", slot.algorithm().joseName())
                        .bind("jwk", publicJwk)
                        .bind("now", now.toEpochMilli())
                        .bind("until", until.toEpochMilli())
                        .execute()
                == 1;
    }

    boolean activate(Tx tx, TenantId tenant, String kid, Instant now) {
        return tx.handle()
                        .createUpdate("""
                        UPDATE signing_key SET state = 'active', activates_at = :now
                        WHERE tenant_id = :tenant AND kid = :kid AND state = 'next'""")
                        .bind("now", now.toEpochMilli())
                        .bind("tenant", tenant.value())
                        .bind("kid", kid)
                        .execute()
                == 1;
    }

    boolean retire(Tx tx, TenantId tenant, String kid, Instant now) {
        return tx.handle()
                        .createUpdate("""
                        UPDATE signing_key SET state = 'retired', sealed_private = NULL, retired_at = :now,
                               verify_until = :now + longest_token_ms + :margin
                        WHERE tenant_id = :tenant AND kid = :kid AND state = 'active'""")
                        .bind("now", now.toEpochMilli())
                        .bind("margin", MARGIN.toMillis())
                        .bind("tenant", tenant.value())
                        .bind("kid", kid)
                        .execute()
                == 1;
    }

    boolean revoke(Tx tx, TenantId tenant, String kid, Instant now) {
        return tx.handle()
                        .createUpdate("""
                        UPDATE signing_key SET state = 'revoked', sealed_private = NULL, retired_at = :now,
                               verify_until = :now + longest_token_ms + :margin
                        WHERE tenant_id = :tenant AND kid = :kid AND state <> 'revoked'""")
                        .bind("now", now.toEpochMilli())
                        .bind("margin", MARGIN.toMillis())
                        .bind("tenant", tenant.value())
                        .bind("kid", kid)
                        .execute()
                == 1;
    }

    /** Keys that sign now, or will, must outlive tokens this long. */
    void raiseLongestToken(Tx tx, TenantId tenant, Duration longestToken) {
        tx.handle()
                .createUpdate("""
                        UPDATE signing_key SET longest_token_ms = :longest
                        WHERE tenant_id = :tenant AND state IN ('next', 'active') AND longest_token_ms < :longest""")
                .bind("longest", longestToken.toMillis())
                .bind("tenant", tenant.value())
                .execute();
    }

    int deleteExpired(Tx tx, TenantId tenant, Instant now) {
        return tx.handle()
                .createUpdate("""
                        DELETE FROM signing_key
                        WHERE tenant_id = :tenant AND key_use <> 'audit' AND state IN ('retired', 'revoked')
                              AND verify_until <= :now""")
                .bind("tenant", tenant.value())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    long stale(Sql sql, byte[] prefix) {
        return sql.handle()
                .createQuery("SELECT COUNT(*) FROM signing_key WHERE substr(sealed_private, 1, :length) <> :prefix")
                .bind("length", prefix.length)
                .bind("prefix", prefix)
                .mapTo(long.class)
                .one();
    }

    /** Of every tenant; {@code after} is a tenant and a kid with a bar between. */
    List<SealedRow> stale(Sql sql, byte[] prefix, String after, int limit) {
        return sql.handle()
                .createQuery("""
                        SELECT tenant_id, kid, sealed_private FROM signing_key
                        WHERE substr(sealed_private, 1, :length) <> :prefix AND tenant_id || '|' || kid > :after
                        ORDER BY tenant_id || '|' || kid LIMIT :limit""")
                .bind("length", prefix.length)
                .bind("prefix", prefix)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> new SealedRow(
                        new TenantId(row.getString("tenant_id")), row.getString("kid"), row.getBytes("sealed_private")))
                .list();
    }

    boolean reseal(Tx tx, SealedRow row, byte[] resealed) {
        return tx.handle()
                        .createUpdate("""
                        UPDATE signing_key SET sealed_private = :resealed
                        WHERE tenant_id = :tenant AND kid = :kid AND sealed_private = :sealed""")
                        .bind("resealed", resealed)
                        .bind("tenant", row.tenant().value())
                        .bind("kid", row.kid())
                        .bind("sealed", row.blob())
                        .execute()
                == 1;
    }

    private static KeyRow read(ResultSet row) throws SQLException {
        String algorithm = row.getString("algorithm");
        KeyInfo info = new KeyInfo(
                row.getString("kid"),
                KeyUse.ofStored(row.getString("key_use")),
                SignatureAlgorithm.named(algorithm)
                        .orElseThrow(() -> new IllegalStateException("signing_key.algorithm holds " + algorithm)),
                KeyState.ofStored(row.getString("state")),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("activates_at")),
                time(row, "retired_at"),
                time(row, "verify_until"));
        return new KeyRow(
                info,
                row.getString("public_jwk"),
                Optional.ofNullable(row.getBytes("sealed_private")),
                Duration.ofMillis(row.getLong("longest_token_ms")));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
