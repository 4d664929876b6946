package dev.latchkey.key;

import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.time.Instant;
import java.util.Optional;

final class MasterKeyStore {
    record Check(String keyId, byte[] value) {}

    private static final String ID = "main";

    Optional<Check> find(Sql sql) {
        return sql.handle()
                .createQuery("SELECT key_id, check_value FROM master_key_check WHERE id = :id")
                .bind("id", ID)
                .map((row, context) -> new Check(row.getString("key_id"), row.getBytes("check_value")))
                .findOne();
    }

    /** Of several first servers one records its key; the others compare theirs with it. */
    void insertFirst(Tx tx, String keyId, byte[] value, Instant now) {
        tx.handle()
                .createUpdate("""
                        INSERT INTO master_key_check (id, key_id, check_value, created_at)
                        VALUES (:id, :key, :value, :now) ON CONFLICT (id) DO NOTHING""")
                .bind("id", ID)
                .bind("key", keyId)
                .bind("value", value)
                .bind("now", now.toEpochMilli())
                .execute();
    }
}
