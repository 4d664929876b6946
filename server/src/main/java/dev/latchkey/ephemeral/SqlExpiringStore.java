package dev.latchkey.ephemeral;

import dev.latchkey.db.Database;
import dev.latchkey.db.Tx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Entries in the database: for several nodes without Redis. Each call is a transaction of its own. */
public final class SqlExpiringStore implements ExpiringStore {
    private final Database database;
    private final Clock clock;
    private final EphemeralStore store = new EphemeralStore();
    private final ConcurrentHashMap<String, SqlRoom> rooms = new ConcurrentHashMap<>();

    public SqlExpiringStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public void put(EntryKind kind, String key, String value, Duration lifetime) {
        Instant now = clock.instant();
        boolean stored = database.tx(tx -> {
            if (!room(kind).admits(tx, kind, key, now)) {
                return false;
            }
            store.put(tx, kind, key, value, now.plus(lifetime));
            return true;
        });
        if (!stored) {
            throw ExpiringStore.full(kind);
        }
        room(kind).added();
    }

    @Override
    public Optional<String> get(EntryKind kind, String key) {
        Instant now = clock.instant();
        return database.read(sql -> store.get(sql, kind, key, now));
    }

    @Override
    public Optional<String> take(EntryKind kind, String key) {
        Instant now = clock.instant();
        Optional<EphemeralStore.Taken> taken = database.tx(tx -> store.take(tx, kind, key));
        if (taken.isPresent()) {
            room(kind).removed();
        }
        return taken.filter(entry -> entry.expiresAt().isAfter(now)).map(EphemeralStore.Taken::value);
    }

    @Override
    public Count increment(EntryKind kind, String key, Duration window) {
        Instant now = clock.instant();
        Optional<Count> count = database.tx(tx -> room(kind).admits(tx, kind, key, now)
                ? Optional.of(store.increment(tx, kind, key, now, now.plus(window)))
                : Optional.empty());
        Count counted = count.orElseThrow(() -> ExpiringStore.full(kind));
        if (counted.value() == 1) {
            room(kind).added();
        }
        return counted;
    }

    @Override
    public void decrement(EntryKind kind, String key) {
        Instant now = clock.instant();
        database.tx(tx -> store.decrement(tx, kind, key, now));
    }

    @Override
    public void remove(EntryKind kind, String key) {
        take(kind, key);
    }

    /** Deletes a batch of expired entries; for the reaper. */
    public int deleteExpired(Tx tx) {
        return store.deleteExpired(tx, clock.instant());
    }

    private SqlRoom room(EntryKind kind) {
        return rooms.computeIfAbsent(kind.name(), name -> new SqlRoom(store));
    }

    @Override
    public void close() {
        rooms.clear();
    }
}
