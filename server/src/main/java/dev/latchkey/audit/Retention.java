package dev.latchkey.audit;

import dev.latchkey.db.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Deletes whole blocks whose events are older than the retention time. How far it may go is part of a signed block first, so that
 * verification can tell retention from tampering.
 */
final class Retention {
    private static final Duration INTERVAL = Duration.ofHours(1);
    private static final int BLOCKS_AT_ONCE = 10_000;
    private static final int ROWS_AT_ONCE = 500;

    private final Database database;
    private final Clock clock;
    private final Duration keep;
    private final int blocksAtOnce;
    private final AuditBlockStore store = new AuditBlockStore();
    private Instant nextLook = Instant.MIN;
    private long pruned = 0;

    Retention(Database database, Clock clock, Duration keep) {
        this(database, clock, keep, BLOCKS_AT_ONCE);
    }

    Retention(Database database, Clock clock, Duration keep, int blocksAtOnce) {
        this.database = database;
        this.clock = clock;
        this.keep = keep;
        this.blocksAtOnce = blocksAtOnce;
    }

    /**
     * What the block after {@code newest} declares as deletable; moves about once an hour, and as long as there is more to delete
     * than was looked at, at every call.
     */
    synchronized long floorAfter(Block newest) {
        Instant now = clock.instant();
        if (keep.isZero() || now.isBefore(nextLook)) {
            return newest.prunedThrough();
        }
        long cutoff = now.minus(keep).toEpochMilli();
        long floor = database.read(sql -> store.lastSealedBefore(sql, cutoff, newest.prunedThrough(), blocksAtOnce));
        if (floor - newest.prunedThrough() < blocksAtOnce) {
            nextLook = now.plus(INTERVAL);
        }
        return Math.min(floor, newest.number());
    }

    /** Deletes what the newest block allows, in small slices. */
    void prune() {
        if (keep.isZero()) {
            return;
        }
        long floor = database.read(store::newest).map(Block::prunedThrough).orElse(0L);
        if (floor <= pruned) {
            return;
        }
        while (database.bulk(tx -> store.prune(tx, floor, ROWS_AT_ONCE)) > 0) {}
        pruned = floor;
    }
}
