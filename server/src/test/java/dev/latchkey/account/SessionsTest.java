package dev.latchkey.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.ApiClient;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

class SessionsTest {
    @BothEngines
    @DisplayName("S0-34 V7.5.2 a user sees the own sessions with device and address, and ends one or all")
    void listAndEnd(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person first = Person.registered(server, "ada@example.com");
            clock.advance(Duration.ofSeconds(1));
            Person second = first.loggedIn();

            Answer list = second.client().get("/api/v1/auth/sessions");

            assertThat(list.data("").size()).isEqualTo(2);
            assertThat(list.data("/0/current").asBoolean()).isTrue();
            assertThat(list.text("/0/ip")).startsWith("198.");
            assertThat(list.text("/0/device")).isEqualTo("Java");
            String other = list.text("/1/id");
            assertThat(second.client().delete("/api/v1/auth/sessions/" + other).status())
                    .isEqualTo(204);
            assertThat(first.me().code()).isEqualTo("TOKEN_REVOKED");
            assertThat(second.client().delete("/api/v1/auth/sessions/" + other).status())
                    .isEqualTo(404);
            assertThat(second.client().delete("/api/v1/auth/sessions").status()).isEqualTo(204);
            assertThat(second.me().code()).isEqualTo("TOKEN_REVOKED");
        }
    }

    @BothEngines
    @DisplayName("V7.4.3 a user ends every other session with its refresh family; the one that asks goes on")
    void endOthers(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person here = Person.registered(server, "ada@example.com");
            Person eve = Person.registered(server, "eve@example.com");
            Person other = here.loggedIn();
            String browser = login(here, "session").text("/sessionId");
            String others = "/api/v1/auth/sessions?except=current";

            assertThat(here.client().delete("/api/v1/auth/sessions?except=none").status())
                    .isEqualTo(422);
            assertThat(other.me().status()).isEqualTo(200);
            Answer ended = here.client().delete(others);

            assertThat(ended.status()).as(ended.body()).isEqualTo(204);
            assertThat(ended.cookies()).isEmpty();
            assertThat(other.me().code()).isEqualTo("TOKEN_REVOKED");
            assertThat(other.refresh().status()).isEqualTo(401);
            assertThat(here.anonymous()
                            .with("X-Session-Id", browser)
                            .get("/api/v1/auth/me")
                            .status())
                    .isEqualTo(401);
            assertThat(here.me().status()).isEqualTo(200);
            assertThat(eve.me().status()).isEqualTo(200);
            Answer refreshed = here.refresh();
            assertThat(refreshed.status()).as(refreshed.body()).isEqualTo(200);
            assertThat(here.with(refreshed)
                            .client()
                            .get("/api/v1/auth/sessions")
                            .data(""))
                    .hasSize(1);
            assertThat(here.client().delete(others).status()).as("again").isEqualTo(204);
            assertThat(other.client().delete(others).status())
                    .as("a session that is over ends none")
                    .isEqualTo(401);
        }
    }

    @BothEngines
    @DisplayName("S0-34 API1 another user's session is 404 and stays")
    void anothersSession(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            Person eve = Person.registered(server, "eve@example.com");
            String session = ada.client().get("/api/v1/auth/sessions").text("/0/id");

            assertThat(eve.client().delete("/api/v1/auth/sessions/" + session).status())
                    .isEqualTo(404);
            assertThat(ada.me().status()).isEqualTo(200);
        }
    }

    @BothEngines
    @DisplayName("C14 logout ends this session; logout?all=true ends all")
    void logout(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person first = Person.registered(server, "ada@example.com");
            Person second = first.loggedIn();
            Person third = first.loggedIn();

            first.client().post("/api/v1/auth/logout");
            assertThat(first.me().code()).isEqualTo("TOKEN_REVOKED");
            assertThat(second.me().status()).isEqualTo(200);
            second.client().post("/api/v1/auth/logout?all=true");
            assertThat(third.me().code()).isEqualTo("TOKEN_REVOKED");
        }
    }

    @BothEngines
    @DisplayName("N7 V7.4.1 a cookie session needs its CSRF token to write, and is over after logout")
    void cookieMode(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            Answer login = ada.anonymous()
                    .post(
                            "/api/v1/auth/login",
                            Map.of("email", ada.email(), "password", Person.PASSWORD, "mode", "cookie"));
            assertThat(login.data("").has("access_token")).isFalse();
            ApiClient browser = ada.anonymous().with("Cookie", "latchkey_session=" + login.cookie("latchkey_session"));
            assertThat(browser.get("/api/v1/auth/me").status()).isEqualTo(200);

            assertThat(browser.post("/api/v1/auth/logout").code()).isEqualTo("INVALID_CSRF_TOKEN");
            String csrf = browser.get("/api/v1/auth/csrf-token").text("/csrfToken");
            assertThat(csrf).isEqualTo(login.text("/csrfToken"));
            ApiClient writing = browser.with("X-CSRF-Token", csrf).with("Origin", "http://localhost:" + server.port());
            assertThat(writing.with("Origin", "https://evil.example")
                            .post("/api/v1/auth/logout")
                            .status())
                    .isEqualTo(403);
            assertThat(writing.post("/api/v1/auth/logout").status()).isEqualTo(204);

            assertThat(browser.get("/api/v1/auth/me").code()).isEqualTo("INVALID_SESSION");
        }
    }

    @BothEngines
    @DisplayName("S0-33 a session made for a cookie is refused in X-Session-Id, and the other way round")
    void headerMode(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            String cookie = login(ada, "cookie").cookie("latchkey_session");
            String header = login(ada, "session").text("/sessionId");

            assertThat(ada.anonymous()
                            .with("X-Session-Id", header)
                            .get("/api/v1/auth/me")
                            .status())
                    .isEqualTo(200);
            assertThat(ada.anonymous()
                            .with("X-Session-Id", cookie)
                            .get("/api/v1/auth/me")
                            .status())
                    .isEqualTo(401);
            assertThat(ada.anonymous()
                            .with("Cookie", "latchkey_session=" + header)
                            .get("/api/v1/auth/me")
                            .status())
                    .isEqualTo(401);
        }
    }

    @BothEngines
    @DisplayName("S0-32 N8 a session that is not used for 24 hours ends; one in use ends after 30 days")
    void timeouts(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            String unused = login(ada, "session").text("/sessionId");
            String used = login(ada, "session").text("/sessionId");
            for (int hours = 0; hours < 30 * 24; hours += 23) {
                Answer me = ada.anonymous().with("X-Session-Id", used).get("/api/v1/auth/me");
                assertThat(me.status()).as("after %d hours", hours).isEqualTo(200);
                clock.advance(Duration.ofHours(23));
            }
            assertThat(ada.anonymous()
                            .with("X-Session-Id", unused)
                            .get("/api/v1/auth/me")
                            .status())
                    .isEqualTo(401);
            assertThat(ada.anonymous()
                            .with("X-Session-Id", used)
                            .get("/api/v1/auth/me")
                            .status())
                    .isEqualTo(401);
        }
    }

    private static Answer login(Person person, String mode) {
        return person.anonymous()
                .post("/api/v1/auth/login", Map.of("email", person.email(), "password", Person.PASSWORD, "mode", mode));
    }
}
