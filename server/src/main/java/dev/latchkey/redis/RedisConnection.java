package dev.latchkey.redis;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One way in, shared by all threads, whatever the topology.
 *
 * @param commands answers without blocking; calls of many threads travel together
 * @param listening hears messages only
 * @param memory asks every node that holds data for the section {@code memory} of its {@code INFO}, by address
 */
record RedisConnection(
        RedisClusterAsyncCommands<String, String> commands,
        StatefulRedisPubSubConnection<String, String> listening,
        Supplier<Map<String, RedisFuture<String>>> memory,
        Runnable end)
        implements AutoCloseable {
    @Override
    public void close() {
        end.run();
    }
}
