package dev.latchkey.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ephemeral.EntryKind;
import dev.latchkey.ephemeral.ExpiringStore;
import dev.latchkey.ephemeral.ExpiringStoreContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same contract on a cluster of three nodes, where a step may touch one slot only. */
@Timeout(300)
class RedisClusterTest extends ExpiringStoreContract {
    private static final EntryKind MANY = new EntryKind("many", 200_000);

    private static @Nullable InstalledRedis installed;
    private static List<Integer> ports = List.of();

    private @Nullable Redis redis;

    @BeforeAll
    static void startCluster(@TempDir Path folder) {
        InstalledRedis servers = InstalledRedis.in(folder);
        installed = servers;
        ports = Stream.generate(InstalledRedis::port).distinct().limit(3).toList();
        ports.forEach(port -> servers.server(port, "--cluster-enabled", "yes", "--cluster-node-timeout", "1000"));
        servers.cluster(ports);
    }

    @AfterAll
    static void stopCluster() {
        if (installed != null) {
            installed.close();
        }
    }

    @BeforeEach
    void connect() {
        // One is enough: it tells of the others.
        Redis connecting = new Redis(
                RedisExpiringStoreTest.config(Map.of("redis.cluster.nodes", "127.0.0.1:" + ports.getFirst())), clock);
        connecting.start();
        TestRedis.await(connecting);
        redis = connecting;
    }

    @AfterEach
    void disconnect() {
        redis().close();
    }

    private Redis redis() {
        return Objects.requireNonNull(redis);
    }

    @Override
    protected ExpiringStore store() {
        return redis().store();
    }

    @Test
    @DisplayName("a kind of many entries is spread over the nodes")
    void spread() {
        for (int i = 0; i < 100; i++) {
            store().increment(MANY, "key " + i, Duration.ofMinutes(1));
        }
        assertThat(ports).allSatisfy(port -> {
            long keys = Long.parseLong(
                    Objects.requireNonNull(installed).cli(port, "dbsize").strip());
            assertThat(keys).isPositive();
        });
    }

    @Test
    @DisplayName("every node is asked what it does when its memory is full")
    void policies() {
        assertThat(redis().evictionPolicies())
                .hasSize(3)
                .allSatisfy((node, policy) -> assertThat(policy).isEqualTo("noeviction"));
    }

    @Test
    @DisplayName("a message reaches whoever listens, on whichever node")
    void messages() throws Exception {
        var heard = new LinkedBlockingQueue<String>();
        RedisConfig config = RedisExpiringStoreTest.config(
                Map.of("redis.cluster.nodes", "127.0.0.1:" + ports.getLast(), "redis.prefix", "messages"));
        try (Redis listening = new Redis(config, clock);
                Redis telling = new Redis(config, clock)) {
            listening.hear("news", heard::add);
            listening.start();
            telling.start();
            TestRedis.await(listening);
            TestRedis.await(telling);
            telling.tell("news", "something");
            assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo("something");
        }
    }
}
