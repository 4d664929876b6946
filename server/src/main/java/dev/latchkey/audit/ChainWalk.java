package dev.latchkey.audit;

import dev.latchkey.db.Database;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One walk along the blocks, oldest first: each must follow the one before, be signed, and cover exactly its rows. */
final class ChainWalk {
    private static final int BLOCKS_PER_PAGE = 128;
    private static final long ROWS_PER_PAGE = 4L * AuditSealer.BATCH;

    private final Database database;
    private final CheckpointKeys keys;
    private final AuditBlockStore store = new AuditBlockStore();
    private final RowCheck rowCheck;
    private final List<Finding> findings = new ArrayList<>();
    private long expected;
    private Optional<byte[]> previous;
    private long blocks = 0;
    private long rows = 0;

    /** @param floor the last block that retention may have deleted */
    ChainWalk(Database database, CheckpointKeys keys, long floor) {
        this.database = database;
        this.keys = keys;
        this.rowCheck = new RowCheck(database);
        this.expected = floor + 1;
        this.previous = floor == 0 ? Optional.of(Chain.genesis()) : Optional.empty();
    }

    void to(long last, VerifyProgress progress) {
        long total = last - expected + 1;
        while (expected <= last) {
            long from = expected;
            List<Block> page = database.read(sql -> store.page(sql, from, last, BLOCKS_PER_PAGE));
            if (page.isEmpty()) {
                found(new Finding.RemovedBlocks(from, last));
                return;
            }
            for (int at = 0; at < page.size(); ) {
                int end = endOfSlice(page, at);
                slice(page.subList(at, end));
                at = end;
                progress.verified(blocks, total);
            }
        }
    }

    List<Finding> findings() {
        return findings;
    }

    long blocks() {
        return blocks;
    }

    long rows() {
        return rows;
    }

    private static int endOfSlice(List<Block> page, int start) {
        long rows = page.get(start).count();
        int end = start + 1;
        while (end < page.size() && rows + page.get(end).count() <= ROWS_PER_PAGE) {
            rows += page.get(end).count();
            end++;
        }
        return end;
    }

    private void slice(List<Block> slice) {
        Map<Long, List<StoredEvent>> found = database
                .read(sql -> store.rows(
                        sql, slice.getFirst().number(), slice.getLast().number(), 2 * ROWS_PER_PAGE))
                .stream()
                .collect(Collectors.groupingBy(row -> row.block().orElseThrow()));
        for (Block block : slice) {
            header(block);
            List<StoredEvent> covered = found.getOrDefault(block.number(), List.of());
            if (!RowCheck.matches(block, covered)) {
                rowCheck.explain(block).forEach(this::found);
            }
            blocks++;
            rows += block.count();
        }
    }

    private void header(Block block) {
        if (block.number() > expected) {
            found(new Finding.RemovedBlocks(expected, block.number() - 1));
            previous = Optional.empty();
        }
        if (previous.isPresent() && !MessageDigest.isEqual(previous.get(), block.previous())) {
            found(new Finding.BrokenLink(block.number()));
        }
        byte[] hash = Chain.blockHash(block);
        switch (keys.check(block.key(), Chain.signed(hash), block.signature())) {
            case GENUINE -> {}
            case FORGED -> found(new Finding.ForgedSignature(block.number(), block.key()));
            case UNKNOWN_KEY -> found(new Finding.UnknownKey(block.number(), block.key()));
        }
        previous = Optional.of(hash);
        expected = block.number() + 1;
    }

    private void found(Finding finding) {
        if (findings.size() < AuditVerifier.MAX_FINDINGS) {
            findings.add(finding);
        }
    }
}
