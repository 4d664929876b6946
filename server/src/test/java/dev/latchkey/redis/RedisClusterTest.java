package dev.latchkey.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ephemeral.EntryKind;
import dev.latchkey.ephemeral.ExpiringStore;
import dev.latchkey.ephemeral.ExpiringStoreContract;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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

    private static @Nullable RedisProcesses processes;
    private static List<Integer> ports = List.of();

    private @Nullable Redis redis;

    @BeforeAll
    static void startCluster(@TempDir Path folder) throws IOException {
        RedisProcesses servers = RedisProcesses.in(folder);
        processes = servers;
        ports = Stream.generate(RedisProcesses::port).distinct().limit(3).toList();
        List<String> arguments =
                new ArrayList<>(List.of("--cluster-enabled", "yes", "--cluster-node-timeout", "1000", "--user"));
        arguments.addAll(List.of(RedisSignInTest.keeper().split(" ")));
        ports.forEach(port -> servers.server(port, arguments.toArray(String[]::new)));
        servers.cluster(ports);
    }

    @AfterAll
    static void stopCluster() {
        if (processes != null) {
            processes.close();
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
    public ExpiringStore store() {
        return redis().store();
    }

    @Test
    @DisplayName("a kind of many entries is spread over the nodes")
    void spread() {
        for (int i = 0; i < 100; i++) {
            store().increment(MANY, "key " + i, Duration.ofMinutes(1));
        }
        assertThat(ports).allSatisfy(port -> {
            long keys = Objects.requireNonNull(processes).ask(port, RedisCommands::dbsize);
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
    @DisplayName("S0-32 a user with the documented rights may do all that is asked of a cluster")
    void rights() throws Exception {
        var heard = new LinkedBlockingQueue<String>();
        try (Redis user = new Redis(
                RedisExpiringStoreTest.config(Map.of(
                        "redis.cluster.nodes",
                        "127.0.0.1:" + ports.getFirst(),
                        "redis.username",
                        "keeper",
                        "redis.password",
                        "of-the-keys",
                        "redis.prefix",
                        "latchkey")),
                clock)) {
            user.hear("news", heard::add);
            user.start();
            TestRedis.await(user);
            for (int i = 0; i < 20; i++) {
                assertThat(user.store()
                                .increment(MANY, "key " + i, Duration.ofMinutes(1))
                                .value())
                        .isEqualTo(1);
            }
            assertThat(user.evictionPolicies()).hasSize(3);
            user.tell("news", "something");
            assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo("something");
        }
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
