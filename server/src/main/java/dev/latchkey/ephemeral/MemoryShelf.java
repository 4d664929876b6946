package dev.latchkey.ephemeral;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** The entries of one kind. */
final class MemoryShelf {
    /** How often what expired is cleared away while there is still room. */
    private static final long SWEEP_MILLIS = 60_000;

    /** How often at most while there is none: a full shelf must not cost a scan per refused entry. */
    private static final long FULL_SWEEP_MILLIS = 1_000;

    record Entry(String value, long tally, long expiresAt) {
        boolean isLive(long now) {
            return now < expiresAt;
        }
    }

    /** There was no room; thrown out of a map's compute, so without a stack trace. */
    private static final class NoRoom extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoRoom() {
            super("no room", null, false, false);
        }
    }

    private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicInteger used = new AtomicInteger();
    private final ReentrantLock sweeping = new ReentrantLock();
    private volatile long swept;

    Optional<Entry> get(String key, long now) {
        return Optional.ofNullable(entries.get(key)).filter(entry -> entry.isLive(now));
    }

    Optional<Entry> take(String key, long now) {
        Entry taken = entries.remove(key);
        if (taken == null) {
            return Optional.empty();
        }
        used.decrementAndGet();
        return taken.isLive(now) ? Optional.of(taken) : Optional.empty();
    }

    void decrement(String key, long now) {
        entries.computeIfPresent(
                key,
                (same, entry) -> entry.isLive(now) && entry.tally() > 0
                        ? new Entry(entry.value(), entry.tally() - 1, entry.expiresAt())
                        : entry);
    }

    /** Replaces the live entry, or adds one where there is room. */
    Entry update(EntryKind kind, String key, long now, Function<Optional<Entry>, Entry> change) {
        if (now - swept > SWEEP_MILLIS) {
            sweep(now);
        }
        try {
            return tryUpdate(kind, key, now, change);
        } catch (NoRoom firstTime) {
            if (now - swept < FULL_SWEEP_MILLIS) {
                throw ExpiringStore.full(kind);
            }
        }
        sweep(now);
        try {
            return tryUpdate(kind, key, now, change);
        } catch (NoRoom still) {
            throw ExpiringStore.full(kind);
        }
    }

    private Entry tryUpdate(EntryKind kind, String key, long now, Function<Optional<Entry>, Entry> change) {
        return entries.compute(key, (same, old) -> {
            if (old == null) {
                reserve(kind.capacity());
                return change.apply(Optional.empty());
            }
            return change.apply(old.isLive(now) ? Optional.of(old) : Optional.empty());
        });
    }

    private void reserve(int capacity) {
        if (used.incrementAndGet() > capacity) {
            used.decrementAndGet();
            throw new NoRoom();
        }
    }

    private void sweep(long now) {
        if (!sweeping.tryLock()) {
            return;
        }
        try {
            swept = now;
            for (Map.Entry<String, Entry> entry : entries.entrySet()) {
                if (!entry.getValue().isLive(now) && entries.remove(entry.getKey(), entry.getValue())) {
                    used.decrementAndGet();
                }
            }
        } finally {
            sweeping.unlock();
        }
    }
}
