package dev.latchkey.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.latchkey.boot.KnownSettings;
import dev.latchkey.config.Settings;
import dev.latchkey.config.SettingsLoader;
import dev.latchkey.core.MutableClock;
import dev.latchkey.core.Problem;
import dev.latchkey.ephemeral.EntryKind;
import dev.latchkey.http.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RedisSignInTest {
    private static final EntryKind KIND = new EntryKind("attempt", 10);
    private static final Pattern RIGHTS = Pattern.compile("`(~latchkey:\\*[^`]+)`");
    private static final String[] KEEPER = {
        "redis.username", "keeper", "redis.password", "of-the-keys", "redis.prefix", "latchkey"
    };

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
        redis.awaitTried();
        assertThat(redis.isAnswering()).isFalse();
        assertThatThrownBy(() -> redis.store().get(KIND, "a")).isInstanceOf(Problem.class);
    }

    @Test
    @DisplayName("S0-32 a password, for the default user and for one of its own; a wrong one is refused")
    void password() throws Exception {
        try (TestRedis server = withPasswords()) {
            try (Redis right = redis(at(server.port(), "redis.password", "open-sesame"))) {
                assertWorks(right);
            }
            try (Redis user = redis(at(server.port(), KEEPER))) {
                assertWorks(user);
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
    @DisplayName(
            "S0-32 a user with the documented rights may do all that is asked of Redis: entries, messages, its policy")
    void rights() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (TestRedis server = withPasswords();
                Redis user = new Redis(RedisExpiringStoreTest.config(at(server.port(), KEEPER)), new MutableClock())) {
            user.hear("news", heard::add);
            user.start();
            assertWorks(user);
            assertThat(user.store().increment(KIND, "b", Duration.ofMinutes(1)).value())
                    .isEqualTo(1);
            user.store().decrement(KIND, "b");
            user.store().remove(KIND, "b");
            assertThat(user.evictionPolicies()).containsValue("noeviction");

            user.tell("news", "something");

            assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo("something");
        }
    }

    @Test
    @DisplayName(
            "S0-32 REDIS_HOST, REDIS_PORT, REDIS_USERNAME and REDIS_PASSWORD are enough; so are the names of Latchkey")
    void environment() throws Exception {
        try (TestRedis server = withPasswords()) {
            for (String prefix : List.of("", "LATCHKEY_")) {
                try (Redis user = fromEnvironment(Map.of(
                        prefix + "REDIS_HOST", "127.0.0.1",
                        prefix + "REDIS_PORT", Integer.toString(server.port()),
                        prefix + "REDIS_USERNAME", "keeper",
                        prefix + "REDIS_PASSWORD", "of-the-keys"))) {
                    assertWorks(user);
                }
                try (Redis defaultUser = fromEnvironment(Map.of(
                        prefix + "REDIS_HOST", "127.0.0.1",
                        prefix + "REDIS_PORT", Integer.toString(server.port()),
                        prefix + "REDIS_PASSWORD", "open-sesame"))) {
                    assertWorks(defaultUser);
                }
            }
        }
    }

    /** One whose default user has a password, and another user the rights that the documentation gives it. */
    private static TestRedis withPasswords() throws IOException {
        return TestRedis.own("requirepass open-sesame", "user " + keeper());
    }

    /** What Redis is told of the user. */
    static String keeper() throws IOException {
        Matcher rights = RIGHTS.matcher(Files.readString(Path.of("..", "docs", "operations.md")));
        assertThat(rights.find()).isTrue();
        return "keeper on >of-the-keys resetchannels " + rights.group(1);
    }

    private static Redis fromEnvironment(Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(variables);
        all.put("LATCHKEY_REDIS_TIMEOUT", "5s");
        Settings settings =
                new SettingsLoader(KnownSettings.all()).environment(all).load();
        Redis redis = new Redis(RedisConfig.from(settings).orElseThrow(), new MutableClock());
        redis.start();
        return redis;
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
        try (RedisProcesses processes = RedisProcesses.in(folder)) {
            assumeTrue(processes.speaksTls(), "skipped: the embedded Redis of this machine was built without TLS");
            Path certificate = folder.resolve("redis.crt");
            Path key = folder.resolve("redis.key");
            TestCertificate.ec(folder).writeTo(certificate, key);
            int port = RedisProcesses.port();
            processes.server(
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
