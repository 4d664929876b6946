package dev.latchkey.ephemeral;

import dev.latchkey.db.Tx;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether there is room for one more entry of a kind. Counting rows for every entry would cost more than the entry, so this node
 * estimates from its last count and its own additions, and counts again when the estimate reaches the capacity or is old.
 * Several nodes at once may exceed the capacity by what they add between two counts.
 */
final class SqlRoom {
    private static final long RECOUNT_MILLIS = 5_000;
    private static final long FULL_MILLIS = 250;

    private final EphemeralStore store;
    private final AtomicLong estimate = new AtomicLong();
    private volatile long countedAt = Long.MIN_VALUE / 2;
    private volatile long fullUntil = Long.MIN_VALUE / 2;

    SqlRoom(EphemeralStore store) {
        this.store = store;
    }

    boolean admits(Tx tx, EntryKind kind, String key, Instant now) {
        long millis = now.toEpochMilli();
        if (estimate.get() < kind.capacity() && millis - countedAt < RECOUNT_MILLIS) {
            return true;
        }
        if (millis >= fullUntil) {
            int count = store.countLive(tx, kind, now);
            estimate.set(count);
            countedAt = millis;
            if (count < kind.capacity()) {
                return true;
            }
            fullUntil = millis + FULL_MILLIS;
        }
        return store.get(tx, kind, key, now).isPresent();
    }

    void added() {
        estimate.incrementAndGet();
    }

    void removed() {
        estimate.decrementAndGet();
        fullUntil = Long.MIN_VALUE / 2;
    }
}
