package dev.latchkey.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.Eventually;
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
class RedisFailoverTest {
    private static final EntryKind KIND = new EntryKind("attempt", 1_000);
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    @DisplayName("the master is found through Sentinel, and after its end the replica that took its place")
    void failover(@TempDir Path folder) {
        try (RedisProcesses processes = RedisProcesses.in(folder)) {
            int masterPort = RedisProcesses.port();
            int replicaPort = RedisProcesses.port();
            int sentinelPort = RedisProcesses.port();
            Process master = processes.server(masterPort);
            processes.server(replicaPort, "--replicaof", "127.0.0.1", Integer.toString(masterPort));
            processes.sentinel(sentinelPort, "main", masterPort);
            Eventually.holds(
                    "the replica follows",
                    () -> processes
                            .ask(masterPort, redis -> redis.info("replication"))
                            .contains("state=online"));
            Eventually.holds("Sentinel sees the replica", () -> processes.replicas(sentinelPort, "main") == 1);

            try (Redis redis = connected(sentinelPort)) {
                redis.store().put(KIND, "a", "kept", HOUR);
                // A replica counts as online before the first write is passed on to it; WAIT of another client does not
                // see that.
                Eventually.holds(
                        "the replica gets the entry",
                        () -> !processes
                                .ask(replicaPort, replica -> replica.keys("*}:a"))
                                .isEmpty());

                master.destroyForcibly();

                Eventually.holds("another master is found", () -> isThere(redis));
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
