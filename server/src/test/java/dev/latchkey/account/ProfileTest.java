package dev.latchkey.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.Race;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;

class ProfileTest {
    @BothEngines
    @DisplayName("S4-09 API3 a user changes name, picture, locale, phone and metadata, and nothing else")
    void change(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");

            Answer changed = ada.client()
                    .patch(
                            "/api/v1/auth/me",
                            Map.of(
                                    "name", "Ada L.",
                                    "locale", "de-de",
                                    "phone", "+49 30 123456",
                                    "picture", "https://img.example.com/ada.png",
                                    "userMetadata", Map.of("theme", "dark"),
                                    "roles", new String[] {"ADMIN"},
                                    "emailVerified", true,
                                    "status", "disabled"));

            assertThat(changed.status()).as(changed.body()).isEqualTo(200);
            Answer me = ada.me();
            assertThat(me.text("/user/name")).isEqualTo("Ada L.");
            assertThat(me.text("/user/locale")).isEqualTo("de-DE");
            assertThat(me.text("/user/userMetadata/theme")).isEqualTo("dark");
            assertThat(me.data("/user/roles").toString()).isEqualTo("[\"USER\"]");
            assertThat(me.data("/user/emailVerified").asBoolean()).isFalse();
            assertThat(me.text("/user/status")).isEqualTo("active");
        }
    }

    @BothEngines
    @DisplayName("S4-14 no answer about a user holds a hash or a secret")
    void noSecrets(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            String me = Person.registered(server, "ada@example.com").me().body();
            assertThat(me).doesNotContainIgnoringCase("argon2").doesNotContain("hash", "salt", "epoch", "handle");
        }
    }

    @BothEngines
    @DisplayName("S4-09 a new e-mail address is in force once it is proved; the old one is told and stays until then")
    void changeEmail(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");

            Answer asked = ada.client().patch("/api/v1/auth/me", Map.of("email", "ada@new.example"));

            assertThat(asked.text("/user/email")).isEqualTo("ada@example.com");
            assertThat(asked.text("/user/pendingEmail")).isEqualTo("ada@new.example");
            assertThat(server.mails().token("ada@example.com", "not-me")).isNotEmpty();
            String token = server.mails().token("ada@new.example", "verify-email");
            assertThat(ada.anonymous()
                            .post("/api/v1/auth/verify-email", Map.of("token", token))
                            .status())
                    .isEqualTo(200);
            assertThat(ada.me().text("/user/email")).isEqualTo("ada@new.example");
            assertThat(ada.me().data("/user").has("pendingEmail")).isFalse();
            assertThat(ada.login().status()).isEqualTo(401);
        }
    }

    @BothEngines
    @DisplayName("design 11: PATCH me with a taken address answers as with a free one; only its owner learns of it")
    void takenEmail(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person eve = Person.registered(server, "eve@example.com");
            Person ada = Person.registered(server, "ada@example.com");
            int mails = server.mails().to(eve.email()).size();

            Answer taken = ada.client().patch("/api/v1/auth/me", Map.of("email", eve.email()));

            assertThat(taken.status()).isEqualTo(200);
            assertThat(taken.text("/user/pendingEmail")).isEqualTo(eve.email());
            assertThat(server.mails().to(eve.email())).hasSize(mails + 1);
            assertThat(server.mails().to(eve.email()).getFirst().mail().links())
                    .noneMatch(link -> link.contains("verify-email"));
        }
    }

    @BothEngines
    @DisplayName("V7.5.1 a new address needs a recent login or the password")
    void needsRecentLogin(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            clock.advance(Duration.ofMinutes(14));
            Person later = ada.with(ada.refresh());
            clock.advance(Duration.ofMinutes(2));

            Answer stale = later.client().patch("/api/v1/auth/me", Map.of("email", "ada@new.example"));
            Answer proved = later.client()
                    .patch("/api/v1/auth/me", Map.of("email", "ada@new.example", "currentPassword", Person.PASSWORD));

            assertThat(stale.status()).isEqualTo(403);
            assertThat(stale.code()).isEqualTo("REAUTHENTICATION_REQUIRED");
            assertThat(proved.status()).isEqualTo(200);
        }
    }

    @BothEngines
    @DisplayName("V7.2.4 reauthentication answers a new session; the old one is over")
    void reauthenticate(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");

            Answer again = ada.client().post("/api/v1/auth/reauthenticate", Map.of("password", Person.PASSWORD));

            assertThat(again.status()).as(again.body()).isEqualTo(200);
            assertThat(ada.me().code()).isEqualTo("TOKEN_REVOKED");
            assertThat(ada.with(again).me().status()).isEqualTo(200);
            assertThat(ada.with(again)
                            .client()
                            .post("/api/v1/auth/reauthenticate", Map.of("password", "wrong-password-1"))
                            .code())
                    .isEqualTo("INVALID_CREDENTIALS");
        }
    }

    @BothEngines
    @DisplayName("principle 3: of many reauthentications at once one gets the new session")
    void reauthenticateRace(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "limits.enabled", "false")) {
            Person ada = Person.registered(server, "ada@example.com");
            AtomicInteger addresses = new AtomicInteger();

            List<Answer> answers = Race.of(
                    8,
                    () -> server.client()
                            .from("203.0.113." + addresses.incrementAndGet())
                            .bearer(ada.accessToken())
                            .post("/api/v1/auth/reauthenticate", Map.of("password", Person.PASSWORD)));

            assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
            assertThat(answers).extracting(Answer::status).allMatch(status -> status == 200 || status == 401);
        }
    }

    @BothEngines
    @DisplayName("API6 nobody can have us mail strangers without end by asking for their addresses")
    void addressMails(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            Person eve = Person.registered(server, "eve@example.com");
            for (int i = 0; i < 3; i++) {
                assertThat(ada.client()
                                .patch("/api/v1/auth/me", Map.of("email", "victim@example.net"))
                                .status())
                        .isEqualTo(200);
            }

            assertThat(eve.client()
                            .patch("/api/v1/auth/me", Map.of("email", "Victim@example.net"))
                            .code())
                    .isEqualTo("RATE_LIMITED");
            assertThat(ada.client()
                            .patch("/api/v1/auth/me", Map.of("email", "other@example.net"))
                            .code())
                    .isEqualTo("RATE_LIMITED");
            assertThat(ada.client()
                            .patch("/api/v1/auth/me", Map.of("name", "Ada"))
                            .status())
                    .isEqualTo(200);
            assertThat(server.mails().to("victim@example.net")).hasSize(3);
        }
    }

    @BothEngines
    @DisplayName("principle 9: half a surrogate pair in metadata is refused or kept, never an error of the server")
    void brokenText(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            for (String json : List.of(
                    "{\"userMetadata\":{\"a\":\"\\ud800\"}}",
                    "{\"userMetadata\":{\"\\udc00\":1}}",
                    "{\"userMetadata\":{\"a\":\"\\u0000\"}}",
                    "{\"picture\":\"https://example.com/\\ud800\"}",
                    "{\"currentPassword\":\"\\ud800\",\"email\":\"x@example.com\"}")) {
                Answer answer = ada.client()
                        .raw("PATCH", "/api/v1/auth/me", "application/json", json.getBytes(StandardCharsets.UTF_8));
                assertThat(answer.status()).as(json).isLessThan(500);
                assertThat(ada.me().status()).as(json).isEqualTo(200);
            }
        }
    }

    @BothEngines
    @DisplayName("S4-13 consents are recorded with version, time and address, at sign-up and later")
    void consents(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Answer registered = server.client()
                    .post(
                            "/api/v1/auth/register",
                            Map.of(
                                    "email",
                                    "ada@example.com",
                                    "password",
                                    Person.PASSWORD,
                                    "consents",
                                    Map.of("terms", true, "privacy", Map.of("granted", true, "version", "2026-01"))));
            Person ada = new Person(server, "ada@example.com", Person.PASSWORD, registered.text("/access_token"), "");
            clock.advance(Duration.ofSeconds(1));

            Answer later = ada.client().put("/api/v1/auth/consents", Map.of("marketing", false));

            assertThat(later.data("").size()).isEqualTo(3);
            assertThat(later.text("/0/kind")).isEqualTo("marketing");
            assertThat(later.data("/0/granted").asBoolean()).isFalse();
            assertThat(later.body()).contains("2026-01");
        }
    }

    @BothEngines
    @DisplayName(
            "S4-13 a decision that is in force already is not recorded again, and of many only the newest are kept")
    void consentsAreBounded(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "limits.enabled", "false")) {
            Person ada = Person.registered(server, "ada@example.com");
            ada.client().put("/api/v1/auth/consents", Map.of("terms", true));
            for (int i = 0; i < 60; i++) {
                ada.client().put("/api/v1/auth/consents", Map.of("marketing", i % 2 == 0));
                clock.advance(Duration.ofMillis(1));
            }
            Answer again = ada.client().put("/api/v1/auth/consents", Map.of("marketing", false, "terms", true));

            assertThat(again.data("").size()).isEqualTo(51);
            assertThat(again.data("/0/granted").asBoolean()).isFalse();
            assertThat(again.text("/50/kind")).isEqualTo("terms");
        }
    }

    @BothEngines
    @DisplayName("V16.2 a change that needs the password, while the account is locked, is on record and says how long")
    void lockedWhileSignedIn(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "limits.enabled", "false")) {
            Person ada = Person.registered(server, "ada@example.com");
            for (int i = 0; i < 5; i++) {
                ada.client().delete("/api/v1/auth/me", Map.of("password", "wrong-password-" + i));
            }
            clock.advance(Duration.ofMinutes(10));

            Answer locked = ada.client().delete("/api/v1/auth/me", Map.of("password", Person.PASSWORD));

            assertThat(locked.status()).isEqualTo(423);
            assertThat(locked.header("Retry-After")).isEqualTo("1200");
            assertThat(server.auditNames())
                    .filteredOn("login.reauthentication-failed.v1"::equals)
                    .hasSize(6);
        }
    }

    @BothEngines
    @DisplayName("GDPR a deleted account is gone: row, login, tokens; a last mail tells so")
    void delete(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            assertThat(ada.client()
                            .delete("/api/v1/auth/me", Map.of("password", "wrong-password-1"))
                            .status())
                    .isEqualTo(401);

            assertThat(ada.client()
                            .delete("/api/v1/auth/me", Map.of("password", Person.PASSWORD))
                            .status())
                    .isEqualTo(204);

            assertThat(ada.me().code()).isEqualTo("TOKEN_REVOKED");
            assertThat(ada.login().code()).isEqualTo("INVALID_CREDENTIALS");
            assertThat(server.mails().subjectsTo(ada.email())).anyMatch(subject -> subject.contains("deleted"));
            assertThat(Person.registered(server, "ada@example.com").me().status())
                    .isEqualTo(200);
        }
    }
}
