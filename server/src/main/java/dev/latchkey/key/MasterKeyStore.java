package dev.latchkey.key;

import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.time.Instant;
import java.util.Optional;

final class MasterKeyStore {
    private static final String ID = "main";

    /** The id of the master key this database was sealed with. */
    Optional<String> find(Sql sql) {
        return sql.handle()
                .createQuery("SELECT key_id FROM master_key_check WHERE id = :id")
                .bind("id", ID)
                .mapTo(String.class)
                .findOne();
    }

    /** Of several first servers one records its key; the others compare theirs with it. */
    void insertFirst(Tx tx, String keyId, Instant now) {
        tx.handle()
                .createUpdate("""
                        INSERT INTO master_key_check (id, key_id, created_at)
                        VALUES (:id, :key, :now) ON CONFLICT (id) DO NOTHING""")
                .bind("id", ID)
                .bind("key", keyId)
                .bind("now", now.toEpochMilli())
                .execute();
    }
}
