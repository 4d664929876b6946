package dev.latchkey.audit;

import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The table {@code audit_block}, and the column {@code block} of {@code audit_event}. */
final class AuditBlockStore {
    private static final String COLUMNS =
            "number, count, digest, previous, at, pruned_through, key, signature, fingerprints";

    Optional<Block> newest(Sql sql) {
        return sql.handle()
                .createQuery("SELECT " + COLUMNS + " FROM audit_block ORDER BY number DESC LIMIT 1")
                .map((row, context) -> read(row))
                .findOne();
    }

    Optional<Block> find(Sql sql, long number) {
        return sql.handle()
                .createQuery("SELECT " + COLUMNS + " FROM audit_block WHERE number = :number")
                .bind("number", number)
                .map((row, context) -> read(row))
                .findOne();
    }

    /** In order, from {@code first} on, none above {@code last}. */
    List<Block> page(Sql sql, long first, long last, int limit) {
        return sql.handle()
                .createQuery("SELECT " + COLUMNS + " FROM audit_block WHERE number >= :first AND number <= :last"
                        + " ORDER BY number LIMIT " + limit)
                .bind("first", first)
                .bind("last", last)
                .map((row, context) -> read(row))
                .list();
    }

    /** Committed rows that no block covers yet, oldest first. */
    List<StoredEvent> unsealed(Sql sql, int limit) {
        return sql.handle()
                .createQuery("SELECT " + AuditEventStore.COLUMNS
                        + " FROM audit_event WHERE block IS NULL ORDER BY id LIMIT :limit")
                .bind("limit", limit)
                .map((row, context) -> AuditEventStore.read(row))
                .list();
    }

    /** Rows that no block covers although their id is below {@code id}. */
    long countUnsealedBelow(Sql sql, String id) {
        return sql.handle()
                .createQuery("SELECT COUNT(*) FROM audit_event WHERE block IS NULL AND id < :id")
                .bind("id", id)
                .mapTo(long.class)
                .one();
    }

    /** The rows of the blocks from {@code first} to {@code last}, by block, then id. */
    List<StoredEvent> rows(Sql sql, long first, long last, long limit) {
        return sql.handle()
                .createQuery("SELECT " + AuditEventStore.COLUMNS
                        + " FROM audit_event WHERE block >= :first AND block <= :last ORDER BY block, id LIMIT :limit")
                .bind("first", first)
                .bind("last", last)
                .bind("limit", limit)
                .map((row, context) -> AuditEventStore.read(row))
                .list();
    }

    /** The highest block number that any row names; 0 where none does. */
    long highestNamed(Sql sql) {
        return sql.handle()
                .createQuery("SELECT COALESCE(MAX(block), 0) FROM audit_event WHERE block IS NOT NULL")
                .mapTo(long.class)
                .one();
    }

    /** Rows that name a block number which was never given out. */
    long countBelowFirst(Sql sql) {
        return sql.handle()
                .createQuery("SELECT COUNT(*) FROM audit_event WHERE block < 1")
                .mapTo(long.class)
                .one();
    }

    /**
     * Appends the block unless its number is taken: of several servers that seal at once, one wins each number.
     *
     * @return whether it was appended
     */
    boolean append(Tx tx, Block block) {
        return tx.handle()
                        .createUpdate("""
                                INSERT INTO audit_block (number, count, digest, previous, at, pruned_through, key, signature,
                                                         fingerprints)
                                VALUES (:number, :count, :digest, :previous, :at, :prunedThrough, :key, :signature,
                                        :fingerprints)
                                ON CONFLICT (number) DO NOTHING
                                """)
                        .bind("number", block.number())
                        .bind("count", block.count())
                        .bind("digest", block.digest())
                        .bind("previous", block.previous())
                        .bind("at", block.at())
                        .bind("prunedThrough", block.prunedThrough())
                        .bind("key", block.key())
                        .bind("signature", block.signature())
                        .bind("fingerprints", block.fingerprints())
                        .execute()
                == 1;
    }

    /** Puts rows under a block. Answers how many of them were free. */
    int cover(Tx tx, long number, List<String> ids) {
        return tx.handle()
                .createUpdate("UPDATE audit_event SET block = :number WHERE block IS NULL AND id IN (<ids>)")
                .bind("number", number)
                .bindList("ids", padded(ids))
                .execute();
    }

    /** A list of one of few lengths, so that the database sees few statements and keeps them prepared. */
    private static List<String> padded(List<String> ids) {
        int length = 16;
        while (length < ids.size()) {
            length *= 4;
        }
        List<String> all = new ArrayList<>(ids);
        all.addAll(Collections.nCopies(length - ids.size(), ids.getLast()));
        return all;
    }

    /** The last of the oldest {@code window} blocks above {@code floor} that was sealed before {@code cutoff}; else the floor. */
    long lastSealedBefore(Sql sql, long cutoff, long floor, int window) {
        return sql.handle()
                .createQuery("""
                        SELECT COALESCE(MAX(number), :floor) FROM
                            (SELECT number, at FROM audit_block WHERE number > :floor ORDER BY number LIMIT :window) AS oldest
                        WHERE at < :cutoff
                        """)
                .bind("floor", floor)
                .bind("window", window)
                .bind("cutoff", cutoff)
                .mapTo(long.class)
                .one();
    }

    /** Deletes up to {@code limit} rows of blocks up to {@code floor}; once there are none, the blocks. Answers the rows. */
    int prune(Tx tx, long floor, int limit) {
        int rows = tx.handle()
                .createUpdate("""
                        DELETE FROM audit_event WHERE id IN
                            (SELECT id FROM audit_event WHERE block <= :floor ORDER BY block, id LIMIT :limit)
                        """)
                .bind("floor", floor)
                .bind("limit", limit)
                .execute();
        if (rows == 0) {
            tx.handle()
                    .createUpdate("DELETE FROM audit_block WHERE number <= :floor")
                    .bind("floor", floor)
                    .execute();
        }
        return rows;
    }

    private static Block read(ResultSet row) throws SQLException {
        return new Block(
                row.getLong("number"),
                row.getLong("count"),
                row.getBytes("digest"),
                row.getBytes("previous"),
                row.getLong("at"),
                row.getLong("pruned_through"),
                row.getString("key"),
                row.getBytes("signature"),
                row.getBytes("fingerprints"));
    }
}
