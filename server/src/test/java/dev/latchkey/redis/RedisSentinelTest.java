package dev.latchkey.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.MutableClock;
import dev.latchkey.core.Problem;
import dev.latchkey.ephemeral.EntryKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class RedisSentinelTest {
    private static final EntryKind KIND = new EntryKind("attempt", 1_000);
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    @DisplayName("the master is found through Sentinel, and after its end the replica that took its place")
    void failover(@TempDir Path folder) {
        try (InstalledRedis installed = InstalledRedis.in(folder)) {
            int masterPort = InstalledRedis.port();
            int replicaPort = InstalledRedis.port();
            int sentinelPort = InstalledRedis.port();
            Process master = installed.server(masterPort);
            installed.server(replicaPort, "--replicaof", "127.0.0.1 " + masterPort);
            installed.sentinel(sentinelPort, "main", masterPort);
            InstalledRedis.await(
                    "the replica does not follow",
                    () -> installed.cli(masterPort, "info", "replication").contains("state=online"));
            InstalledRedis.await(
                    "Sentinel does not see the replica",
                    () -> installed
                            .cli(sentinelPort, "sentinel", "replicas", "main")
                            .contains("" + replicaPort));

            try (Redis redis = connected(sentinelPort)) {
                redis.store().put(KIND, "a", "kept", HOUR);
                // A replica counts as online before the first write is passed on to it; WAIT of another client does not
                // see that.
                InstalledRedis.await(
                        "the replica does not get the entry",
                        () -> installed.cli(replicaPort, "--scan").contains("}:a"));

                master.destroyForcibly();

                InstalledRedis.await("no other master is found", () -> isThere(redis));
                assertThat(redis.store().take(KIND, "a")).contains("kept");
                assertThat(redis.store().increment(KIND, "b", HOUR).value()).isEqualTo(1);
            }
        }
    }

    private static boolean isThere(Redis redis) {
        try {
            return redis.store().get(KIND, "a").isPresent();
        } catch (Problem away) {
            return false;
        }
    }

    private static Redis connected(int sentinelPort) {
        Redis redis = new Redis(
                RedisExpiringStoreTest.config(
                        Map.of("redis.sentinel.nodes", "127.0.0.1:" + sentinelPort, "redis.sentinel.master", "main")),
                new MutableClock());
        redis.start();
        TestRedis.await(redis);
        return redis;
    }
}
