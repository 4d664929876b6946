package dev.latchkey.redis;

import dev.latchkey.ephemeral.Count;
import dev.latchkey.ephemeral.EntryKind;
import dev.latchkey.ephemeral.ExpiringStore;
import io.lettuce.core.KeyValue;
import io.lettuce.core.ScriptOutputType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Entries in Redis. Throws {@link RedisAwayException} where the interface's contract wants a refusal: {@link Redis} translates. */
final class RedisExpiringStore implements ExpiringStore {
    /** Kept beyond its end for nodes whose clock is behind. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    /** A kind with this many entries or more is spread over as many slots of a cluster. */
    private static final int WORTH_SPREADING = 10_000;

    private static final int SLOTS = 16;

    private final RedisCalls calls;
    private final String prefix;
    private final Clock clock;
    private final EntryScripts scripts = new EntryScripts();

    RedisExpiringStore(RedisCalls calls, String prefix, Clock clock) {
        this.calls = calls;
        this.prefix = prefix;
        this.clock = clock;
    }

    @Override
    public void put(EntryKind kind, String key, String value, Duration lifetime) {
        long now = clock.millis();
        long stored = calls.<Long>run(
                        scripts.put,
                        ScriptOutputType.INTEGER,
                        keys(kind, key),
                        Long.toString(now),
                        Long.toString(now + lifetime.toMillis()),
                        Long.toString(lifetime.plus(GRACE).toMillis()),
                        Integer.toString(capacity(kind)),
                        key,
                        value)
                .orElse(0L);
        if (stored == 0) {
            throw ExpiringStore.full(kind);
        }
    }

    @Override
    public Optional<String> get(EntryKind kind, String key) {
        List<KeyValue<String, String>> fields = calls.call(redis -> redis.hmget(keys(kind, key)[0], "v", "e"));
        long expiry = Long.parseLong(fields.get(1).getValueOrElse("0"));
        return expiry > clock.millis() ? Optional.of(fields.get(0).getValueOrElse("")) : Optional.empty();
    }

    @Override
    public Optional<String> take(EntryKind kind, String key) {
        return calls.run(scripts.take, ScriptOutputType.VALUE, keys(kind, key), Long.toString(clock.millis()), key);
    }

    @Override
    public Count increment(EntryKind kind, String key, Duration window) {
        long now = clock.millis();
        List<Long> counted = calls.<List<Long>>run(
                        scripts.increment,
                        ScriptOutputType.MULTI,
                        keys(kind, key),
                        Long.toString(now),
                        Long.toString(now + window.toMillis()),
                        Long.toString(window.plus(GRACE).toMillis()),
                        Integer.toString(capacity(kind)),
                        key)
                .orElse(List.of());
        if (counted.isEmpty()) {
            throw ExpiringStore.full(kind);
        }
        return new Count(counted.get(0), Instant.ofEpochMilli(counted.get(1)));
    }

    @Override
    public void decrement(EntryKind kind, String key) {
        calls.run(scripts.decrement, ScriptOutputType.INTEGER, keys(kind, key), Long.toString(clock.millis()));
    }

    @Override
    public void remove(EntryKind kind, String key) {
        take(kind, key);
    }

    /** The link belongs to {@link Redis}. */
    @Override
    public void close() {}

    private String[] keys(EntryKind kind, String key) {
        int slot = slots(kind) == 1 ? 0 : Math.floorMod(key.hashCode(), SLOTS);
        String index = prefix + ":{" + kind.name() + "." + slot + "}";
        return new String[] {index + ":" + key, index};
    }

    private static int slots(EntryKind kind) {
        return kind.capacity() < WORTH_SPREADING ? 1 : SLOTS;
    }

    private static int capacity(EntryKind kind) {
        return Math.ceilDiv(kind.capacity(), slots(kind));
    }
}
