package dev.latchkey.passkey;

import dev.latchkey.core.PasskeyId;
import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

final class PasskeyStore {
    private static final String COLUMNS = """
            id, user_id, user_handle, credential_id, rp_id, public_key, algorithm, sign_count, uv_initialized,
            backup_eligible, backed_up, discoverable, attachment, transports, aaguid, attestation, attestation_format, name,
            created_at, last_used_at, clone_suspected_at
            """;

    /** Whether it was stored: not where the user has {@code most}, nor where anyone has this credential. */
    boolean insert(Tx tx, PasskeyId id, NewPasskey passkey, String name, int most, Instant now) {
        return tx.handle()
                .createQuery("""
                        INSERT INTO passkey (id, tenant_id, user_id, user_handle, credential_id, rp_id, public_key, algorithm,
                                             sign_count, uv_initialized, backup_eligible, backed_up, discoverable, attachment,
                                             transports, aaguid, attestation, attestation_format, name, created_at)
                        SELECT :id, :tenant, :user, :handle, :credential, :rpId, :key, :algorithm, :count, :verified,
                               :eligible, :backedUp, :discoverable, :attachment, :transports, :aaguid, :attestation, :format,
                               :name, :now
                        WHERE (SELECT COUNT(*) FROM passkey WHERE user_id = :user) < :most
                        ON CONFLICT DO NOTHING RETURNING id""")
                .bind("id", id.value())
                .bind("tenant", passkey.tenant().value())
                .bind("user", passkey.user().value())
                .bind("handle", passkey.userHandle())
                .bind("credential", passkey.credentialId())
                .bind("rpId", passkey.rpId())
                .bind("key", passkey.publicKey())
                .bind("algorithm", passkey.algorithm())
                .bind("count", passkey.signCount())
                .bind("verified", passkey.userVerified())
                .bind("eligible", passkey.backupEligible())
                .bind("backedUp", passkey.backedUp())
                .bind("discoverable", passkey.discoverable().orElse(null))
                .bind("attachment", passkey.attachment().orElse(null))
                .bind("transports", String.join(" ", passkey.transports()))
                .bind("aaguid", passkey.aaguid().value())
                .bind("attestation", passkey.attestation().stored())
                .bind("format", passkey.attestationFormat())
                .bind("name", name)
                .bind("now", now.toEpochMilli())
                .bind("most", most)
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    /** Locates the one passkey with this credential id; whose it is says the row. */
    Optional<StoredPasskey> byCredential(Sql sql, TenantId tenant, String credentialId) {
        return sql.handle()
                .createQuery(
                        "SELECT " + COLUMNS + "FROM passkey WHERE tenant_id = :tenant AND credential_id = :credential")
                .bind("tenant", tenant.value())
                .bind("credential", credentialId)
                .map((row, context) ->
                        new StoredPasskey(passkey(row), row.getString("user_handle"), row.getBytes("public_key")))
                .findOne();
    }

    Optional<Passkey> byId(Sql sql, UserId user, PasskeyId id) {
        return sql.handle()
                .createQuery("SELECT " + COLUMNS + "FROM passkey WHERE id = :id AND user_id = :user")
                .bind("id", id.value())
                .bind("user", user.value())
                .map((row, context) -> passkey(row))
                .findOne();
    }

    /** Oldest first. */
    List<Passkey> ofUser(Sql sql, UserId user) {
        return sql.handle()
                .createQuery("SELECT " + COLUMNS + "FROM passkey WHERE user_id = :user ORDER BY created_at, id")
                .bind("user", user.value())
                .map((row, context) -> passkey(row))
                .list();
    }

    /** Whether anybody has a passkey. */
    boolean any(Sql sql) {
        return sql.handle()
                .createQuery("SELECT 1 FROM passkey LIMIT 1")
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    boolean hasAny(Sql sql, UserId user) {
        return sql.handle()
                .createQuery("SELECT 1 FROM passkey WHERE user_id = :user LIMIT 1")
                .bind("user", user.value())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    long users(Sql sql) {
        return sql.handle()
                .createQuery("SELECT count(DISTINCT user_id) FROM passkey")
                .mapTo(Long.class)
                .one();
    }

    /** Records a use, unless the counter did not grow since the last: of equal counters that are not zero one use succeeds. */
    boolean recordUse(Tx tx, VerifiedPasskey use, Instant now) {
        return tx.handle()
                .createQuery("""
                        UPDATE passkey SET sign_count = :count, backed_up = :backedUp, last_used_at = :now,
                                           uv_initialized = (uv_initialized OR :verified)
                        WHERE id = :id AND user_id = :user AND clone_suspected_at IS NULL
                          AND (sign_count < :count OR (sign_count = 0 AND :count = 0))
                        RETURNING id""")
                .bind("count", use.signCount())
                .bind("backedUp", use.backedUp())
                .bind("verified", use.userVerified())
                .bind("now", now.toEpochMilli())
                .bind("id", use.passkey().value())
                .bind("user", use.user().value())
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    void suspectClone(Tx tx, UserId user, PasskeyId id, Instant now) {
        tx.handle()
                .createUpdate("""
                        UPDATE passkey SET clone_suspected_at = :now
                        WHERE id = :id AND user_id = :user AND clone_suspected_at IS NULL""")
                .bind("now", now.toEpochMilli())
                .bind("id", id.value())
                .bind("user", user.value())
                .execute();
    }

    boolean rename(Tx tx, UserId user, PasskeyId id, String name) {
        return tx.handle()
                .createQuery("UPDATE passkey SET name = :name WHERE id = :id AND user_id = :user RETURNING id")
                .bind("name", name)
                .bind("id", id.value())
                .bind("user", user.value())
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    Optional<Passkey> delete(Tx tx, UserId user, PasskeyId id) {
        return tx.handle()
                .createQuery("DELETE FROM passkey WHERE id = :id AND user_id = :user RETURNING " + COLUMNS)
                .bind("id", id.value())
                .bind("user", user.value())
                .map((row, context) -> passkey(row))
                .findOne();
    }

    int deleteOfUser(Tx tx, UserId user) {
        return tx.handle()
                .createUpdate("DELETE FROM passkey WHERE user_id = :user")
                .bind("user", user.value())
                .execute();
    }

    private static Passkey passkey(ResultSet row) throws SQLException {
        return new Passkey(
                new PasskeyId(row.getString("id")),
                new UserId(row.getString("user_id")),
                row.getString("credential_id"),
                row.getString("rp_id"),
                row.getInt("algorithm"),
                row.getLong("sign_count"),
                row.getBoolean("uv_initialized"),
                row.getBoolean("backup_eligible"),
                row.getBoolean("backed_up"),
                discoverable(row),
                Optional.ofNullable(row.getString("attachment")),
                words(row.getString("transports")),
                new Aaguid(row.getString("aaguid")),
                Attestation.of(row.getString("attestation")),
                row.getString("attestation_format"),
                row.getString("name"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                time(row, "last_used_at"),
                time(row, "clone_suspected_at"));
    }

    private static Optional<Boolean> discoverable(ResultSet row) throws SQLException {
        boolean value = row.getBoolean("discoverable");
        return row.wasNull() ? Optional.empty() : Optional.of(value);
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(" "));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
