package dev.latchkey.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.db.OwnPostgres;
import dev.latchkey.page.AssetRoutes;
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
    @DisplayName(
            "what is revoked on one node while Redis is away, or once it came back empty, the other refuses a second later")
    void revokedMeanwhile() {
        try (TestRedis redis = TestRedis.own();
                TwoNodes nodes = TwoNodes.withRedis(redis)) {
            Person ada = Person.registered(nodes.first(), "ada@example.com");
            Person bob = Person.registered(nodes.second(), "bob@example.com");
            Person cid = Person.registered(nodes.first(), "cid@example.com");
            Person dan = Person.registered(nodes.second(), "dan@example.com");

            redis.stop();
            assertRevokedElsewhere(nodes, ada, nodes.first(), nodes.second());
            assertDisabledElsewhere(nodes, bob, nodes.second(), nodes.first());

            redis.start();
            nodes.awaitRedis();
            assertRevokedElsewhere(nodes, cid, nodes.second(), nodes.first());
            assertDisabledElsewhere(nodes, dan, nodes.first(), nodes.second());
            assertThat(ada.at(nodes.second()).me().code()).isEqualTo("TOKEN_REVOKED");
        }
    }

    @Test
    @DisplayName("Redis silent: one request notices, the others do not wait; it answers again and all is as before")
    void redisSilent() {
        try (TestRedis redis = TestRedis.own();
                TwoNodes nodes = TwoNodes.withRedis(redis, "redis.timeout", "1s")) {
            Person ada = Person.registered(nodes.first(), "ada@example.com");
            Person bob = Person.registered(nodes.first(), "bob@example.com");
            ApiClient cookie = cookieSession(ada);

            redis.pause();
            try {
                ada = assertGoesOn(nodes, ada, cookie);
                assertUnavailable(ada.login());
                assertRevokedElsewhere(nodes, bob, nodes.first(), nodes.second());
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
            ApiClient cookie = cookieSession(ada);

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
            for (ApiClient signedIn : List.of(cookie, ada.client())) {
                for (String path : List.of("/health/live", "/.well-known/jwks.json", AssetRoutes.humanCheckScript())) {
                    assertThat(signedIn.get(path).status()).as(path).isEqualTo(200);
                }
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

    private static void assertRevokedElsewhere(TwoNodes nodes, Person person, TestServer here, TestServer there) {
        assertThat(person.at(there).me().status()).isEqualTo(200);

        assertThat(person.at(here).client().post("/api/v1/auth/logout").status())
                .isEqualTo(204);

        nodes.clock().advance(UNHEARD);
        assertThat(person.at(there).me().code()).isEqualTo("TOKEN_REVOKED");
        assertThat(person.at(there).refresh().code()).isEqualTo("TOKEN_REVOKED");
    }

    private static void assertDisabledElsewhere(TwoNodes nodes, Person person, TestServer here, TestServer there) {
        assertThat(person.at(there).me().status()).isEqualTo(200);

        here.disable(person.email());

        nodes.clock().advance(UNHEARD);
        assertThat(person.at(there).me().status()).isEqualTo(401);
        assertThat(person.at(there).refresh().status()).isEqualTo(401);
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
