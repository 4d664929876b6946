package dev.latchkey.audit;

import dev.latchkey.db.Database;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Proves that the trail is as it was written, up to its last block. Only reads, so it runs beside a server and without one. An
 * attacker who can rewrite the database and sign with the server's key, or cut off the end, is found out by a checkpoint that
 * was kept elsewhere.
 */
public final class AuditVerifier {
    static final int MAX_FINDINGS = 1000;

    private static final Duration OVERDUE = Duration.ofMinutes(1);

    private final Database database;
    private final CheckpointKeys keys;
    private final Clock clock;
    private final AuditBlockStore store = new AuditBlockStore();

    public AuditVerifier(Database database, CheckpointKeys keys, Clock clock) {
        this.database = database;
        this.keys = keys;
        this.clock = clock;
    }

    /** @param held a checkpoint kept elsewhere, which must be on the chain */
    public VerifyReport verify(Optional<Checkpoint> held, VerifyProgress progress) {
        Optional<Block> newest = database.read(store::newest);
        long floor = newest.filter(this::isGenuine).map(Block::prunedThrough).orElse(0L);
        ChainWalk walk = new ChainWalk(database, keys, floor);
        newest.ifPresent(last -> walk.to(last.number(), progress));
        List<String> notes = new ArrayList<>();
        if (floor > 0) {
            notes.add("Retention deleted blocks up to " + floor + "; a signed block says so.");
        }
        List<Finding> findings = new ArrayList<>(walk.findings());
        held.ifPresent(checkpoint -> compare(checkpoint, newest, floor, findings, notes));
        findings.addAll(strayRows());
        return new VerifyReport(
                walk.blocks(),
                walk.rows(),
                newest.map(block -> Checkpoint.of(block, keys)),
                withoutPruned(findings, floor),
                database.read(sql -> store.countUnsealedBelow(sql, "g")),
                database.read(sql -> store.countUnsealedBelow(
                        sql, EventTime.lowestId(clock.instant().minus(OVERDUE)))),
                notes);
    }

    /** Proves the newest blocks only, for a quick look; what it does not find may still be wrong further back. */
    public VerifyReport verifyNewest(int blocks) {
        Optional<Block> newest = database.read(store::newest);
        long pruned = newest.filter(this::isGenuine).map(Block::prunedThrough).orElse(0L);
        long floor = Math.max(pruned, newest.map(Block::number).orElse(0L) - blocks);
        ChainWalk walk = new ChainWalk(database, keys, floor);
        newest.ifPresent(last -> walk.to(last.number(), (done, all) -> {}));
        return new VerifyReport(
                walk.blocks(),
                walk.rows(),
                newest.map(block -> Checkpoint.of(block, keys)),
                withoutPruned(walk.findings(), floor),
                database.read(sql -> store.countUnsealedBelow(sql, "g")),
                database.read(sql -> store.countUnsealedBelow(
                        sql, EventTime.lowestId(clock.instant().minus(OVERDUE)))),
                List.of());
    }

    private void compare(
            Checkpoint held, Optional<Block> newest, long floor, List<Finding> findings, List<String> notes) {
        long last = newest.map(Block::number).orElse(0L);
        CheckpointKeys.Verdict verdict = keys.check(held.key(), Chain.signed(held.hashBytes()), held.signatureBytes());
        if (verdict == CheckpointKeys.Verdict.FORGED) {
            findings.add(new Finding.ForgedCheckpoint(held.block(), held.key()));
        } else if (held.block() > last) {
            findings.add(new Finding.TruncatedTail(last, held.block()));
        } else if (held.block() <= floor) {
            notes.add("The checkpoint of block " + held.block()
                    + " is older than what retention kept, so it was not compared. Keep a newer one.");
        } else if (!isOnChain(held)) {
            findings.add(new Finding.NotOnChain(held.block()));
        } else {
            notes.add("The checkpoint of block " + held.block() + " is on the chain.");
        }
    }

    private boolean isOnChain(Checkpoint held) {
        return database.read(sql -> store.find(sql, held.block()))
                .map(Chain::blockHash)
                .filter(hash -> MessageDigest.isEqual(hash, held.hashBytes()))
                .isPresent();
    }

    private List<Finding> strayRows() {
        List<Finding> findings = new ArrayList<>();
        // In this order: a block sealed meanwhile can only make the second number greater.
        long named = database.read(store::highestNamed);
        long last = database.read(store::newest).map(Block::number).orElse(0L);
        if (named > last) {
            findings.add(new Finding.LostBlocks(last, named));
        }
        long outside = database.read(store::countBelowFirst);
        if (outside > 0) {
            findings.add(new Finding.RowsOutside(outside));
        }
        return findings;
    }

    /** Retention may have moved on since the walk began; what a genuine block declares as deletable is not missing. */
    private List<Finding> withoutPruned(List<Finding> findings, long floor) {
        if (findings.isEmpty()) {
            return findings;
        }
        long now = database.read(store::newest)
                .filter(this::isGenuine)
                .map(Block::prunedThrough)
                .orElse(floor);
        return findings.stream().filter(finding -> finding.block() > now).toList();
    }

    private boolean isGenuine(Block block) {
        return keys.check(block.key(), Chain.signed(Chain.blockHash(block)), block.signature())
                == CheckpointKeys.Verdict.GENUINE;
    }
}
