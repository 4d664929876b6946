package dev.latchkey.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.db.OwnPostgres;
import dev.latchkey.redis.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What two nodes do while Redis or PostgreSQL is away, and that they need no restart once it is back. */
@Timeout(300)
class OutageTest {
    private static final Duration UNHEARD = Duration.ofMillis(1_001);

    @Test
    @DisplayName(
            "Redis stopped: what counts guesses answers 503, sessions, tokens and refresh go on; back without restart")
    void redisStopped() {
        try (TestRedis redis = TestRedis.own();
                TwoNodes nodes = TwoNodes.withRedis(redis)) {
            Person ada = Person.registered(nodes.first(), "ada@example.com");
            ApiClient cookie = cookieSession(ada);

            redis.stop();

            ada = assertGoesOn(nodes, ada, cookie);
            for (TestServer node : List.of(nodes.first(), nodes.second())) {
                assertUnavailable(ada.at(node).login());
                assertUnavailable(node.client().post("/api/v1/auth/forgot-password", Map.of("email", ada.email())));
                assertUnavailable(node.client()
                        .post(
                                "/api/v1/auth/register",
                                Map.of("email", "bob@example.com", "password", Person.PASSWORD)));
            }

            redis.start();
            nodes.awaitRedis();

            assertThat(ada.login().status()).isEqualTo(200);
            assertThat(ada.at(nodes.second()).login().status()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("Redis silent: one request notices, the others do not wait; it answers again and all is as before")
    void redisSilent() {
        try (TestRedis redis = TestRedis.own();
                TwoNodes nodes = TwoNodes.withRedis(redis, "redis.timeout", "1s")) {
            Person ada = Person.registered(nodes.first(), "ada@example.com");
            ApiClient cookie = cookieSession(ada);

            redis.pause();
            try {
                ada = assertGoesOn(nodes, ada, cookie);
                assertUnavailable(ada.login());
            } finally {
                redis.resume();
            }
            nodes.awaitRedis();
            assertThat(ada.login().status()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("Redis away at the start: the nodes serve without it and take it up once it is there")
    void redisLate() {
        try (TestRedis redis = TestRedis.own()) {
            redis.stop();
            try (TwoNodes nodes = TwoNodes.withRedisLater(redis)) {
                assertThat(nodes.first().client().get("/health/ready").status()).isEqualTo(200);
                assertUnavailable(nodes.first()
                        .client()
                        .post("/api/v1/auth/register", Map.of("email", "a@example.com", "password", Person.PASSWORD)));
                redis.start();
                nodes.awaitRedis();
                Person.registered(nodes.first(), "ada@example.com");
            }
        }
    }

    @Test
    @DisplayName(
            "PostgreSQL stopped: a node that cannot know refuses with 503, never with a 5xx of its own; back without restart")
    void postgresStopped() {
        try (OwnPostgres postgres = OwnPostgres.started();
                TwoNodes nodes = TwoNodes.over(postgres.database())) {
            Person ada = Person.registered(nodes.first(), "ada@example.com");

            postgres.stop();
            nodes.clock().advance(UNHEARD);

            for (TestServer node : List.of(nodes.first(), nodes.second())) {
                assertUnavailable(ada.at(node).me());
                assertUnavailable(ada.at(node).refresh());
                assertUnavailable(ada.at(node).login());
                assertThat(node.client().get("/health/ready").status()).isEqualTo(503);
                assertThat(node.client().get("/health/live").status()).isEqualTo(200);
                assertThat(node.client().get("/.well-known/jwks.json").status()).isEqualTo(200);
            }

            postgres.start();
            nodes.awaitReady();

            assertThat(ada.me().status()).isEqualTo(200);
            assertThat(ada.at(nodes.second()).me().status()).isEqualTo(200);
            assertThat(ada.refresh().status()).isEqualTo(200);
            assertThat(ada.at(nodes.second()).login().status()).isEqualTo(200);
        }
    }

    private static ApiClient cookieSession(Person person) {
        Answer answer = person.anonymous()
                .post(
                        "/api/v1/auth/login",
                        Map.of("email", person.email(), "password", person.password(), "mode", "cookie"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return person.anonymous().with("Cookie", "latchkey_session=" + answer.cookie("latchkey_session"));
    }

    /** Answers the person with the tokens of the last refresh. */
    private static Person assertGoesOn(TwoNodes nodes, Person person, ApiClient cookie) {
        Person now = person;
        for (TestServer node : List.of(nodes.first(), nodes.second())) {
            assertThat(now.at(node).me().status()).isEqualTo(200);
            Answer refreshed = now.at(node).refresh();
            assertThat(refreshed.status()).as(refreshed.body()).isEqualTo(200);
            now = now.with(refreshed);
            assertThat(now.at(node).me().status()).isEqualTo(200);
            assertThat(node.client().get("/health/ready").status()).isEqualTo(200);
            assertThat(node.client().get("/.well-known/jwks.json").status()).isEqualTo(200);
        }
        assertThat(cookie.get("/api/v1/auth/me").status()).isEqualTo(200);
        return now;
    }

    private static void assertUnavailable(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("SERVICE_UNAVAILABLE");
        assertThat(Long.parseLong(answer.header("Retry-After"))).isBetween(1L, TimeUnit.MINUTES.toSeconds(1));
    }
}
