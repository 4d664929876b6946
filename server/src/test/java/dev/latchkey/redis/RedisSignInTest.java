package dev.latchkey.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.MutableClock;
import dev.latchkey.core.Problem;
import dev.latchkey.ephemeral.EntryKind;
import dev.latchkey.http.TestCertificate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RedisSignInTest {
    private static final EntryKind KIND = new EntryKind("attempt", 10);

    private static Redis redis(Map<String, String> settings) {
        Redis redis = new Redis(RedisExpiringStoreTest.config(settings), new MutableClock());
        redis.start();
        return redis;
    }

    private static Map<String, String> at(int port, String... more) {
        Map<String, String> settings =
                new HashMap<>(Map.of("redis.host", "127.0.0.1", "redis.port", Integer.toString(port)));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    private static void assertWorks(Redis redis) {
        TestRedis.await(redis);
        redis.store().put(KIND, "a", "value", Duration.ofMinutes(1));
        assertThat(redis.store().take(KIND, "a")).contains("value");
    }

    private static void assertRefused(Redis redis) {
        assertThat(redis.isAnswering()).isFalse();
        assertThatThrownBy(() -> redis.store().get(KIND, "a")).isInstanceOf(Problem.class);
    }

    @Test
    @DisplayName("S0-32 a password, for the default user and for one of its own; a wrong one is refused")
    void password() {
        try (TestRedis server = TestRedis.own(
                "requirepass open-sesame",
                "user keeper on >of-the-keys resetchannels ~latch:* &latch:*"
                        + " +@read +@write +@scripting +@pubsub +@connection +info +cluster")) {
            try (Redis right = redis(at(server.port(), "redis.password", "open-sesame"))) {
                assertWorks(right);
            }
            try (Redis user = redis(at(
                    server.port(),
                    "redis.username",
                    "keeper",
                    "redis.password",
                    "of-the-keys",
                    "redis.prefix",
                    "latch"))) {
                assertWorks(user);
                assertThat(user.evictionPolicies()).containsValue("noeviction");
            }
            try (Redis wrong = redis(at(server.port(), "redis.password", "let-me-in"))) {
                assertRefused(wrong);
            }
            try (Redis none = redis(at(server.port()))) {
                assertRefused(none);
            }
        }
    }

    @Test
    @DisplayName("a Redis whose memory is full is refused work, and does not count as away")
    void outOfMemory() {
        try (TestRedis server = TestRedis.own("maxmemory 100kb");
                Redis redis = redis(at(server.port()))) {
            TestRedis.await(redis);
            assertThatThrownBy(() -> redis.store().put(KIND, "a", "value", Duration.ofMinutes(1)))
                    .isInstanceOf(Problem.class);
            assertThat(redis.isAnswering()).isTrue();
            assertThat(redis.store().get(KIND, "a")).isEmpty();
        }
    }

    @Test
    @DisplayName("TLS: the certificate must be from a trusted authority and for the name connected to")
    void tls(@TempDir Path folder) throws Exception {
        try (InstalledRedis installed = InstalledRedis.in(folder)) {
            Path certificate = folder.resolve("redis.crt");
            Path key = folder.resolve("redis.key");
            TestCertificate.ec(folder).writeTo(certificate, key);
            int port = InstalledRedis.port();
            installed.server(
                    0,
                    port,
                    "--tls-port",
                    Integer.toString(port),
                    "--tls-cert-file",
                    certificate.toString(),
                    "--tls-key-file",
                    key.toString(),
                    "--tls-auth-clients",
                    "no",
                    "--bind",
                    "127.0.0.1",
                    "127.0.0.2");
            String[] trusted = {"redis.tls", "true", "redis.tls-ca", certificate.toString()};
            try (Redis right = redis(at(port, trusted))) {
                assertWorks(right);
            }
            Map<String, String> otherName = at(port, trusted);
            otherName.put("redis.host", "127.0.0.2");
            try (Redis wrongName = redis(otherName)) {
                assertRefused(wrongName);
            }
            try (Redis untrusted = redis(at(port, "redis.tls", "true"))) {
                assertRefused(untrusted);
            }
            try (Redis plain = redis(at(port))) {
                assertRefused(plain);
            }
        }
    }
}
