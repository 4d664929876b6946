package dev.latchkey.audit;

import dev.latchkey.db.Database;
import dev.latchkey.db.Tx;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Makes one block. Hashing and signing happen between the reading and the short transaction that writes. */
final class SealingPass {
    sealed interface Result {}

    record Sealed(int rows) implements Result {}

    record Nothing() implements Result {}

    /** Another server took the block's number or one of its rows; nothing was written. */
    record Lost() implements Result {}

    private record Waiting(Optional<Block> newest, List<StoredEvent> rows) {}

    private static final class RowsTaken extends RuntimeException {
        RowsTaken() {
            super("rows were sealed elsewhere", null, false, false);
        }
    }

    private final Database database;
    private final Clock clock;
    private final CheckpointSigner signer;
    private final Retention retention;
    private final AuditBlockStore store = new AuditBlockStore();

    SealingPass(Database database, Clock clock, CheckpointSigner signer, Retention retention) {
        this.database = database;
        this.clock = clock;
        this.signer = signer;
        this.retention = retention;
    }

    Result next() {
        Waiting found = database.read(sql -> new Waiting(store.newest(sql), store.unsealed(sql, AuditSealer.BATCH)));
        long prunedThrough = found.newest().map(retention::floorAfter).orElse(0L);
        boolean floorRises =
                prunedThrough > found.newest().map(Block::prunedThrough).orElse(0L);
        if (found.rows().isEmpty() && !floorRises) {
            return new Nothing();
        }
        Block block = link(found.newest(), found.rows(), prunedThrough);
        List<String> ids = found.rows().stream().map(StoredEvent::id).toList();
        try {
            return database.bulk(tx -> write(tx, block, ids)) ? new Sealed(ids.size()) : new Lost();
        } catch (RowsTaken taken) {
            return new Lost();
        }
    }

    private boolean write(Tx tx, Block block, List<String> ids) {
        if (!store.append(tx, block)) {
            return false;
        }
        if (!ids.isEmpty() && store.cover(tx, block.number(), ids) != ids.size()) {
            throw new RowsTaken();
        }
        return true;
    }

    private Block link(Optional<Block> newest, List<StoredEvent> rows, long prunedThrough) {
        List<byte[]> hashes = rows.stream().map(Chain::rowHash).toList();
        Block unsigned = new Block(
                newest.map(Block::number).orElse(0L) + 1,
                rows.size(),
                Chain.digest(hashes),
                newest.map(Chain::blockHash).orElseGet(Chain::genesis),
                clock.millis(),
                prunedThrough,
                "",
                new byte[0],
                Chain.fingerprints(hashes));
        CheckpointSigner.Signature signature = signer.sign(Chain.signed(Chain.blockHash(unsigned)));
        return unsigned.signedBy(signature);
    }
}
