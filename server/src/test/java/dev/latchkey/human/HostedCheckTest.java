package dev.latchkey.human;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.Race;
import dev.latchkey.boot.TestServer;
import dev.latchkey.config.Settings;
import dev.latchkey.config.SettingsException;
import dev.latchkey.core.Eventually;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.Engine;
import dev.latchkey.db.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Hosted checks, against a real server that answers as the providers document. */
class HostedCheckTest {
    private static final String LOGIN = "/api/v1/auth/login";
    private static final String SECRET = "provider-secret-0123456789";

    private final MutableClock clock = new MutableClock();
    private final ProviderStub provider = new ProviderStub();
    private TestDatabase database;

    @BeforeEach
    void open() {
        database = TestDatabase.on(Engine.SQLITE);
    }

    @AfterEach
    void close() {
        provider.close();
        database.close();
    }

    private TestServer server(String kind, String... more) {
        return server(database, clock, kind, more);
    }

    private TestServer server(TestDatabase on, MutableClock at, String kind, String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "human-check.enabled", "true",
                "human-check.kind", kind,
                "human-check.always", "login",
                "human-check.site-key", "the-site-key",
                "human-check.secret", SECRET,
                "human-check.verify-url", provider.url(),
                "human-check.timeout", "500ms",
                "human-check.least-work", "10",
                "limits.enabled", "false"));
        settings.addAll(List.of(more));
        return TestServer.on(on, at, settings.toArray(String[]::new));
    }

    @Test
    @DisplayName(
            "S3-18 turnstile: the challenge names provider and site key; a verified token lets in, its secret stays here")
    void turnstile() {
        try (TestServer server = server("turnstile")) {
            Person ada = Person.registered(server, "ada@example.com");
            JsonNode challenge = login(ada, "").json().at("/error/challenge");
            assertThat(challenge.at("/kind").asString()).isEqualTo("turnstile");
            assertThat(challenge.at("/siteKey").asString()).isEqualTo("the-site-key");
            assertThat(challenge.at("/action").asString()).isEqualTo("login");
            assertThat(challenge.at("/script").asString())
                    .isEqualTo("https://challenges.cloudflare.com/turnstile/v0/api.js");

            provider.answers("""
                    {"success":true,"challenge_ts":"2030-01-01T00:00:00Z","hostname":"localhost","action":"login",\
                    "cdata":"","error-codes":[]}""");
            Answer solved = login(ada, "token & more");

            assertThat(solved.status()).as(solved.body()).isEqualTo(200);
            assertThat(provider.asked()).containsExactly(Map.of("secret", SECRET, "response", "token & more"));
        }
    }

    @Test
    @DisplayName("S3-18 a token of another host, another action or no success is refused, with the reason")
    void refusals() {
        try (TestServer server = server("turnstile")) {
            Person ada = Person.registered(server, "ada@example.com");
            assertThat(reason(ada, answer("other.example.com", "login"))).isEqualTo("other_host");
            assertThat(reason(ada, answer("localhost", "register"))).isEqualTo("other_purpose");
            assertThat(reason(ada, "{\"success\":true,\"hostname\":\"localhost\"}"))
                    .isEqualTo("other_purpose");
            assertThat(reason(ada, "{\"success\":true,\"action\":\"login\"}")).isEqualTo("other_host");
            assertThat(reason(ada, "{\"success\":false,\"error-codes\":[\"timeout-or-duplicate\"]}"))
                    .isEqualTo("expired");
            assertThat(reason(ada, "{\"success\":false,\"error-codes\":[\"invalid-input-response\"]}"))
                    .isEqualTo("wrong_solution");
            assertThat(reason(ada, "{\"success\":false}")).isEqualTo("wrong_solution");
            assertThat(server.auditNames()).contains("access.human-check-failed.v1");
        }
    }

    @Test
    @DisplayName("S3-18 hcaptcha is told the site key and gives no action; late tokens are called so")
    void hcaptcha() {
        try (TestServer server = server("hcaptcha")) {
            Person ada = Person.registered(server, "ada@example.com");
            provider.answers("{\"success\":true,\"challenge_ts\":\"2030-01-01T00:00:00Z\",\"hostname\":\"localhost\"}");
            assertThat(login(ada, "token-1").status()).isEqualTo(200);
            assertThat(provider.asked())
                    .containsExactly(Map.of("secret", SECRET, "response", "token-1", "sitekey", "the-site-key"));
            assertThat(reason(ada, "{\"success\":false,\"error-codes\":[\"already-seen-response\"]}"))
                    .isEqualTo("expired");
        }
    }

    @Test
    @DisplayName("S3-18 recaptcha: version 2 has no score, version 3 needs enough of one and the right action")
    void recaptcha() {
        try (TestServer server = server("recaptcha")) {
            Person ada = Person.registered(server, "ada@example.com");
            provider.answers("{\"success\":true,\"hostname\":\"localhost\"}");
            assertThat(login(ada, "v2").status()).isEqualTo(200);
            provider.answers("{\"success\":true,\"hostname\":\"localhost\",\"score\":0.5,\"action\":\"login\"}");
            assertThat(login(ada, "v3").status()).isEqualTo(200);
            assertThat(reason(ada, "{\"success\":true,\"hostname\":\"localhost\",\"score\":0.4,\"action\":\"login\"}"))
                    .isEqualTo("low_score");
            assertThat(reason(ada, "{\"success\":true,\"hostname\":\"localhost\",\"score\":0.9,\"action\":\"buy\"}"))
                    .isEqualTo("other_purpose");
        }
    }

    @BothEngines
    @DisplayName("S3-18 of 50 uses of one token at once one is let in, even where the provider says yes to all")
    void singleUse(TestDatabase on, MutableClock at) {
        try (TestServer server = server(
                on, at, "turnstile", "human-check.timeout", "20s", "password.hashing-waiting-per-address", "50")) {
            Person ada = Person.registered(server, "ada@example.com");
            provider.answers(answer("localhost", "login"));

            List<Answer> answers = Race.of(50, () -> login(ada, "one-token"));

            assertThat(answers.stream().filter(it -> it.status() == 200)).hasSize(1);
            assertThat(answers.stream().filter(it -> it.status() == 403)).hasSize(49);
        }
    }

    @Test
    @DisplayName(
            "S3-18 a provider that fails, redirects, babbles, says nothing or blames our secret gives way to the built-in check")
    void fallsBack() {
        try (TestServer server = server("turnstile")) {
            Person ada = Person.registered(server, "ada@example.com");
            provider.answers(503, "{}");
            JsonNode instead = asked(login(ada, "token-1"));
            assertThat(instead.at("/kind").asString()).isEqualTo("proof-of-work");
            assertThat(login(ada, Solver.solve(instead)).status()).isEqualTo(200);
            provider.answers(302, "");
            assertThat(asked(login(ada, "token-2")).at("/kind").asString()).isEqualTo("proof-of-work");
            assertThat(provider.asked()).as("no redirect was followed").hasSize(2);
            provider.answers("<html>");
            assertThat(asked(login(ada, "token-3")).at("/kind").asString()).isEqualTo("proof-of-work");

            // Three in a row: nobody waits for it any more, and whoever asks first is asked for the built-in check.
            assertThat(asked(login(ada, "")).at("/kind").asString()).isEqualTo("proof-of-work");
            asked(login(ada, "token-4"));
            assertThat(provider.asked()).hasSize(3);
            assertThat(server.auditNames())
                    .filteredOn("access.human-check-unavailable.v1"::equals)
                    .hasSize(1);

            clock.advance(Duration.ofSeconds(31));
            assertThat(asked(login(ada, "")).at("/kind").asString()).isEqualTo("turnstile");
            provider.saysNothing();
            assertThat(asked(login(ada, "token-5")).at("/kind").asString()).isEqualTo("proof-of-work");
            clock.advance(Duration.ofSeconds(31));
            provider.answers("{\"success\":false,\"error-codes\":[\"invalid-input-secret\"]}");
            assertThat(asked(login(ada, "token-6")).at("/kind").asString()).isEqualTo("proof-of-work");
            clock.advance(Duration.ofSeconds(31));
            provider.answers(answer("localhost", "login"));
            assertThat(login(ada, "token-7").status()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("S3-18 logins that wait for a provider keep nobody of their address from hashing a password")
    void holdsNoPlace() throws Exception {
        try (TestServer server = server(
                        "turnstile",
                        "human-check.timeout",
                        "30s",
                        "password.hashing-threads",
                        "1",
                        "password.hashing-waiting-per-address",
                        "1");
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Person ada = Person.registered(server, "ada@example.com");
            provider.saysNothing();
            List<Future<Answer>> logins = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String token = "token-" + i;
                logins.add(callers.submit(() -> login(ada, token)));
                // One after the other, or they would meet at the place that each gives back again.
                int asked = i + 1;
                Eventually.holds(() -> provider.asked().size() == asked);
            }

            assertThat(server.passwordsWaiting()).isZero();
            Person.registered(server, "bob@example.com");

            provider.answers(answer("localhost", "login"));
            for (Future<Answer> login : logins) {
                assertThat(login.get().status()).isIn(200, 503);
            }
            assertThat(logins)
                    .anySatisfy(login -> assertThat(login.get().status()).isEqualTo(200));
        }
    }

    @Test
    @DisplayName("S3-18 provider-away: refuse answers 503, and no solution of the built-in check is taken")
    void refuses() {
        try (TestServer server = server("turnstile", "human-check.provider-away", "refuse")) {
            Person ada = Person.registered(server, "ada@example.com");
            provider.answers(500, "{}");
            Answer refused = login(ada, "token-1");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isEqualTo("10");
            assertThat(login(ada, "pow1.AAAA.AAAA~1").status()).isEqualTo(503);
            assertThat(provider.asked()).hasSize(2);
        }
    }

    @Test
    @DisplayName("C19 pages may load from a provider only where its check is configured")
    void policy() {
        try (TestServer server = server("hcaptcha")) {
            assertThat(server.client().get("/").header("Content-Security-Policy"))
                    .contains("script-src 'self' https://hcaptcha.com https://*.hcaptcha.com;")
                    .contains("frame-src https://hcaptcha.com https://*.hcaptcha.com;");
        }
        try (TestDatabase other = TestDatabase.on(Engine.SQLITE);
                TestServer server = TestServer.on(other, clock, "human-check.enabled", "true")) {
            assertThat(server.client().get("/").header("Content-Security-Policy"))
                    .contains("script-src 'self';")
                    .contains("frame-src 'none';");
        }
    }

    @Test
    @DisplayName("S3-18 a hosted check without its keys, or a secret sent in the clear, refuses to start")
    void needsKeys() {
        assertThatThrownBy(() -> config(Map.of("human-check.enabled", "true", "human-check.kind", "hcaptcha")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("human-check.site-key");
        assertThatThrownBy(() -> config(Map.of("human-check.verify-url", "http://provider.example.com/")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("https");
        assertThatThrownBy(() -> config(Map.of("human-check.least-work", "25")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("human-check.most-work");
        assertThatThrownBy(() -> config(Map.of("human-check.wait", "10m")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("human-check.lifetime");
    }

    private static HumanConfig config(Map<String, String> values) {
        return HumanConfig.from(Settings.of(HumanConfig.settings(), values), Set.of("localhost"));
    }

    private String reason(Person person, String providerAnswer) {
        provider.answers(providerAnswer);
        Answer refused = login(person, "some-token");
        assertThat(asked(refused).at("/kind").asString()).isNotEqualTo("proof-of-work");
        return refused.json().at("/error/details/0/code").asString();
    }

    private static String answer(String hostname, String action) {
        return "{\"success\":true,\"hostname\":\"" + hostname + "\",\"action\":\"" + action + "\"}";
    }

    private static JsonNode asked(Answer answer) {
        assertThat(answer.code()).as(answer.body()).isEqualTo("CAPTCHA_REQUIRED");
        return answer.json().at("/error/challenge");
    }

    private static Answer login(Person person, String token) {
        return person.anonymous()
                .unshared()
                .post(LOGIN, Map.of("email", person.email(), "password", person.password(), "humanCheck", token));
    }
}
