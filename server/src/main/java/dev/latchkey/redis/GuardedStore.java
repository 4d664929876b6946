package dev.latchkey.redis;

import dev.latchkey.ephemeral.Count;
import dev.latchkey.ephemeral.EntryKind;
import dev.latchkey.ephemeral.ExpiringStore;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Entries in Redis, and what happens while it is away.
 *
 * @param otherwise answers a store to do the step with, or throws a refusal
 */
record GuardedStore(RedisExpiringStore entries, Function<RedisAwayException, ExpiringStore> otherwise)
        implements ExpiringStore {
    @Override
    public void put(EntryKind kind, String key, String value, Duration lifetime) {
        step(store -> {
            store.put(kind, key, value, lifetime);
            return true;
        });
    }

    @Override
    public Optional<String> get(EntryKind kind, String key) {
        return step(store -> store.get(kind, key));
    }

    @Override
    public Optional<String> take(EntryKind kind, String key) {
        return step(store -> store.take(kind, key));
    }

    @Override
    public Count increment(EntryKind kind, String key, Duration window) {
        return step(store -> store.increment(kind, key, window));
    }

    @Override
    public void decrement(EntryKind kind, String key) {
        step(store -> {
            store.decrement(kind, key);
            return true;
        });
    }

    @Override
    public void remove(EntryKind kind, String key) {
        step(store -> {
            store.remove(kind, key);
            return true;
        });
    }

    /** Redis is closed by whoever opened it. */
    @Override
    public void close() {}

    private <T> T step(Function<ExpiringStore, T> step) {
        try {
            return step.apply(entries);
        } catch (RedisAwayException away) {
            return step.apply(otherwise.apply(away));
        }
    }
}
