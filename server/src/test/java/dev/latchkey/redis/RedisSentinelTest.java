package dev.latchkey.redis;

import dev.latchkey.ephemeral.ExpiringStore;
import dev.latchkey.ephemeral.ExpiringStoreContract;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same contract on a server that only Sentinel tells of. */
@Timeout(300)
class RedisSentinelTest extends ExpiringStoreContract {
    private static @Nullable RedisProcesses processes;
    private static int sentinelPort;

    private @Nullable Redis redis;

    @BeforeAll
    static void startSentinel(@TempDir Path folder) {
        RedisProcesses starting = RedisProcesses.in(folder);
        processes = starting;
        int masterPort = RedisProcesses.port();
        sentinelPort = RedisProcesses.port();
        starting.server(masterPort);
        starting.sentinel(sentinelPort, "main", masterPort);
    }

    @AfterAll
    static void stopSentinel() {
        if (processes != null) {
            processes.close();
        }
    }

    @BeforeEach
    void connect() {
        Redis connecting = new Redis(
                RedisExpiringStoreTest.config(
                        Map.of("redis.sentinel.nodes", "127.0.0.1:" + sentinelPort, "redis.sentinel.master", "main")),
                clock);
        connecting.start();
        TestRedis.await(connecting);
        redis = connecting;
    }

    @AfterEach
    void disconnect() {
        if (redis != null) {
            redis.close();
        }
    }

    @Override
    public ExpiringStore store() {
        return Objects.requireNonNull(redis).store();
    }
}
