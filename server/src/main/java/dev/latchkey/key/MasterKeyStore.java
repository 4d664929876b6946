package dev.latchkey.key;

import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.time.Instant;
import java.util.List;
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

    /** Answers false where the database was moved to another key meanwhile. */
    boolean replace(Tx tx, String from, String to) {
        return tx.handle()
                        .createUpdate("UPDATE master_key_check SET key_id = :to WHERE id = :id AND key_id = :from")
                        .bind("to", to)
                        .bind("id", ID)
                        .bind("from", from)
                        .execute()
                == 1;
    }

    List<FormerKey> formerKeys(Sql sql) {
        return sql.handle()
                .createQuery("SELECT key_id, needed, sealed_keys FROM former_master_key ORDER BY replaced_at")
                .map((row, context) ->
                        new FormerKey(row.getString("key_id"), row.getBoolean("needed"), row.getBytes("sealed_keys")))
                .list();
    }

    void putFormer(Tx tx, String keyId, boolean needed, byte[] sealedKeys, Instant now) {
        tx.handle()
                .createUpdate("""
                        INSERT INTO former_master_key (key_id, needed, sealed_keys, replaced_at)
                        VALUES (:key, :needed, :sealed, :now)
                        ON CONFLICT (key_id) DO UPDATE SET needed = excluded.needed,
                            sealed_keys = excluded.sealed_keys""")
                .bind("key", keyId)
                .bind("needed", needed)
                .bind("sealed", sealedKeys)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    void deleteFormer(Tx tx, String keyId) {
        tx.handle()
                .createUpdate("DELETE FROM former_master_key WHERE key_id = :key")
                .bind("key", keyId)
                .execute();
    }

    /** No sealed value needs a former key any more. */
    void release(Tx tx) {
        tx.handle()
                .createUpdate("UPDATE former_master_key SET needed = :no WHERE needed = :yes")
                .bind("no", false)
                .bind("yes", true)
                .execute();
    }
}
