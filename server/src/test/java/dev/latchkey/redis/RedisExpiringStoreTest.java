package dev.latchkey.redis;

import dev.latchkey.boot.KnownSettings;
import dev.latchkey.config.Settings;
import dev.latchkey.ephemeral.ExpiringStore;
import dev.latchkey.ephemeral.ExpiringStoreContract;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class RedisExpiringStoreTest extends ExpiringStoreContract {
    private final Redis redis = new Redis(
            config(Map.of(
                    "redis.host",
                    "127.0.0.1",
                    "redis.port",
                    "" + TestRedis.running().port())),
            clock);

    RedisExpiringStoreTest() {
        redis.start();
        TestRedis.await(redis);
    }

    /** These settings over the defaults of a test. */
    static RedisConfig config(Map<String, String> settings) {
        Map<String, String> values = new HashMap<>(Map.of("redis.prefix", TestRedis.prefix(), "redis.timeout", "5s"));
        values.putAll(settings);
        return RedisConfig.from(Settings.of(KnownSettings.all(), values)).orElseThrow();
    }

    @Override
    public ExpiringStore store() {
        return redis.store();
    }

    @AfterEach
    void close() {
        redis.close();
    }
}
