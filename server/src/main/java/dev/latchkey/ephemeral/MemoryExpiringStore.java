package dev.latchkey.ephemeral;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Entries in this process's memory: for one node. */
public final class MemoryExpiringStore implements ExpiringStore {
    private final Clock clock;
    private final ConcurrentHashMap<String, MemoryShelf> shelves = new ConcurrentHashMap<>();

    public MemoryExpiringStore(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void put(EntryKind kind, String key, String value, Duration lifetime) {
        long now = clock.millis();
        long expiresAt = now + lifetime.toMillis();
        shelf(kind).update(kind, key, now, old -> new MemoryShelf.Entry(value, 0, expiresAt));
    }

    @Override
    public Optional<String> get(EntryKind kind, String key) {
        return shelf(kind).get(key, clock.millis()).map(MemoryShelf.Entry::value);
    }

    @Override
    public Optional<String> take(EntryKind kind, String key) {
        return shelf(kind).take(key, clock.millis()).map(MemoryShelf.Entry::value);
    }

    @Override
    public Count increment(EntryKind kind, String key, Duration window) {
        long now = clock.millis();
        long end = now + window.toMillis();
        MemoryShelf.Entry entry = shelf(kind)
                .update(
                        kind,
                        key,
                        now,
                        old -> old.map(counted -> new MemoryShelf.Entry("", counted.tally() + 1, counted.expiresAt()))
                                .orElseGet(() -> new MemoryShelf.Entry("", 1, end)));
        return new Count(entry.tally(), Instant.ofEpochMilli(entry.expiresAt()));
    }

    @Override
    public void decrement(EntryKind kind, String key) {
        shelf(kind).decrement(key, clock.millis());
    }

    @Override
    public void remove(EntryKind kind, String key) {
        shelf(kind).take(key, clock.millis());
    }

    @Override
    public void close() {
        shelves.clear();
    }

    private MemoryShelf shelf(EntryKind kind) {
        return shelves.computeIfAbsent(kind.name(), name -> new MemoryShelf());
    }
}
