package dev.latchkey.redis;

import dev.latchkey.ephemeral.ExpiringStore;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The configured Redis. A server starts and serves without it; what needs it is refused meanwhile. */
public final class Redis implements AutoCloseable {
    private static final String POLICY = "maxmemory_policy:";

    private final RedisLink link;
    private final RedisCalls calls;
    private final RedisExpiringStore entries;
    private final String prefix;

    public Redis(RedisConfig config, Clock clock) {
        this.prefix = config.prefix();
        this.link = new RedisLink(config);
        this.calls = new RedisCalls(config, link);
        this.entries = new RedisExpiringStore(calls, prefix, clock);
    }

    /** Connects in the background, without waiting for it, and does not give up. */
    public void start() {
        link.start();
    }

    /** Entries that all nodes share. Refuses with {@code SERVICE_UNAVAILABLE} while Redis is away. */
    public ExpiringStore store() {
        return new GuardedStore(entries, away -> {
            throw away.refusal();
        });
    }

    /** The same, but while Redis is away this node goes on by itself with {@code own}. */
    public ExpiringStore storeOr(ExpiringStore own) {
        return new GuardedStore(entries, away -> own);
    }

    /** Whether it is known yet that Redis is there, or away. */
    public boolean hasTried() {
        return link.hasTried();
    }

    /** Returns once that is known; after four seconds at most. */
    public void awaitTried() {
        link.awaitTried();
    }

    /** Whether Redis answered last time. */
    public boolean isAnswering() {
        return link.isAnswering();
    }

    /** Hears what any node says on the channel; before {@link #start}. Messages are lost while Redis is away. */
    public void hear(String channel, Consumer<String> listener) {
        String name = prefix + ":" + channel;
        link.onOpen(open -> {
            open.listening().addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(String heardOn, String message) {
                    if (heardOn.equals(name)) {
                        listener.accept(message);
                    }
                }
            });
            open.listening().sync().subscribe(name);
        });
    }

    /** Tells every node that hears the channel; does not wait, and does nothing while Redis is away. */
    public void tell(String channel, String message) {
        calls.send(redis -> redis.publish(prefix + ":" + channel, message));
    }

    /**
     * What each node that holds data does when its memory is full; anything but {@code noeviction} lets strangers push out
     * others' entries.
     *
     * @return {@code maxmemory-policy} by the node's address
     * @throws dev.latchkey.core.Problem {@code SERVICE_UNAVAILABLE} when Redis is away
     */
    public Map<String, String> evictionPolicies() {
        try {
            Map<String, String> policies = new LinkedHashMap<>();
            calls.memory().forEach((place, memory) -> policies.put(place, policy(memory)));
            return policies;
        } catch (RedisAwayException away) {
            throw away.refusal();
        }
    }

    private static String policy(String memory) {
        return memory.lines()
                .filter(line -> line.startsWith(POLICY))
                .map(line -> line.substring(POLICY.length()).strip())
                .findFirst()
                .orElse("unknown");
    }

    @Override
    public void close() {
        link.close();
    }
}
