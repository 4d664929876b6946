package dev.latchkey.audit;

import dev.latchkey.db.Database;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares a block's rows with what was sealed and, where they differ, says which. */
final class RowCheck {
    private static final int NAMED_ROWS = 50;

    private final Database database;
    private final AuditBlockStore store = new AuditBlockStore();

    RowCheck(Database database) {
        this.database = database;
    }

    static boolean matches(Block block, List<StoredEvent> rows) {
        return rows.size() == block.count()
                && MessageDigest.isEqual(
                        block.digest(),
                        Chain.digest(rows.stream().map(Chain::rowHash).toList()));
    }

    /** Reads the block's rows alone, so that foreign rows elsewhere in a page are not counted against it. */
    List<Finding> explain(Block block) {
        List<StoredEvent> rows =
                database.read(sql -> store.rows(sql, block.number(), block.number(), 2 * AuditSealer.BATCH));
        if (matches(block, rows)) {
            return List.of();
        }
        Map<Long, Integer> sealed = fingerprints(block);
        List<String> foreign = new ArrayList<>();
        for (StoredEvent row : rows) {
            long print = ByteBuffer.wrap(Chain.rowHash(row)).getLong();
            if (sealed.merge(print, -1, Integer::sum) < 0) {
                foreign.add(row.id());
            }
        }
        List<String> named = foreign.size() > NAMED_ROWS ? foreign.subList(0, NAMED_ROWS) : foreign;
        List<Finding> findings = new ArrayList<>();
        if (rows.size() > block.count()) {
            findings.add(new Finding.AddedRows(block.number(), block.count(), rows.size(), List.copyOf(named)));
            return findings;
        }
        if (rows.size() < block.count()) {
            findings.add(new Finding.MissingRows(block.number(), block.count(), rows.size()));
        }
        if (!foreign.isEmpty() || rows.size() == block.count()) {
            findings.add(new Finding.AlteredRows(block.number(), List.copyOf(named)));
        }
        return findings;
    }

    private static Map<Long, Integer> fingerprints(Block block) {
        Map<Long, Integer> counted = new HashMap<>();
        ByteBuffer prints = ByteBuffer.wrap(block.fingerprints());
        while (prints.remaining() >= Chain.FINGERPRINT_BYTES) {
            counted.merge(prints.getLong(), 1, Integer::sum);
        }
        return counted;
    }
}
