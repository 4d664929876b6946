package dev.latchkey.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.AuthenticatorApp;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

/** Address and password of an account that has a second factor. */
class TwoFactorChangesTest {
    private static final String NEXT = "lamp-Meadow-77-oboe";
    private static final String CHANGE_PASSWORD = "/api/v1/auth/change-password";
    private static final String ME = "/api/v1/auth/me";

    @BothEngines
    @DisplayName("V7.5.1 the address changes for whoever proved two factors; the password alone does not do")
    void address(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            Person thief = ada.loggedIn();
            AuthenticatorApp app = enrolled(ada, clock);
            Map<String, String> change = Map.of("email", "new@example.com", "currentPassword", Person.PASSWORD);

            refusedForOneFactor(thief.client().patch(ME, change));
            assertThat(server.mails().to("new@example.com")).isEmpty();
            assertThat(thief.client().patch(ME, Map.of("name", "Ada")).status()).isEqualTo(200);

            Answer changed = raised(thief, app, clock).client().patch(ME, change);
            assertThat(changed.status()).as(changed.body()).isEqualTo(200);
            assertThat(server.mails().to("new@example.com")).isNotEmpty();
        }
    }

    @BothEngines
    @DisplayName(
            "V6.2.3 V7.5.1 the password changes for whoever knows it and proved two factors, and the session keeps both")
    void password(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            Person thief = ada.loggedIn();
            AuthenticatorApp app = enrolled(ada, clock);
            Map<String, String> change = Map.of("currentPassword", Person.PASSWORD, "newPassword", NEXT);

            refusedForOneFactor(thief.client().post(CHANGE_PASSWORD, change));
            assertThat(ada.login().status()).isEqualTo(200);

            Person raised = raised(thief, app, clock);
            Map<String, String> wrong = Map.of("currentPassword", "wrong", "newPassword", NEXT);
            assertThat(raised.client().post(CHANGE_PASSWORD, wrong).code()).isEqualTo("INVALID_CREDENTIALS");
            Answer changed = raised.client().post(CHANGE_PASSWORD, change);
            assertThat(changed.status()).as(changed.body()).isEqualTo(200);
            assertThat(ada.with(changed)
                            .client()
                            .post("/api/v1/mfa/setup", Map.of())
                            .status())
                    .isEqualTo(200);
            assertThat(ada.login(Person.PASSWORD).status()).isEqualTo(401);
        }
    }

    @BothEngines
    @DisplayName("V7.5.1 an account with two factors is deleted by whoever proved two; its password alone does not do")
    void deletion(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            Person thief = ada.loggedIn();
            AuthenticatorApp app = enrolled(ada, clock);

            refusedForOneFactor(thief.client().delete(ME, Map.of("password", Person.PASSWORD)));
            assertThat(ada.me().status()).isEqualTo(200);

            Person raised = raised(thief, app, clock);
            assertThat(raised.client().delete(ME, Map.of("password", "wrong")).code())
                    .isEqualTo("INVALID_CREDENTIALS");
            assertThat(raised.client()
                            .delete(ME, Map.of("password", Person.PASSWORD))
                            .status())
                    .isEqualTo(204);
            assertThat(ada.login().code()).isEqualTo("INVALID_CREDENTIALS");
        }
    }

    @BothEngines
    @DisplayName("V6.4.3 a password reset by mail leaves the second factor, signs nobody in, and raises nothing")
    void reset(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            String proof = server.mails().token(ada.email(), "verify-email");
            server.client().post("/api/v1/auth/verify-email", Map.of("token", proof));
            AuthenticatorApp app = enrolled(ada, clock);
            server.client().post("/api/v1/auth/forgot-password", Map.of("email", ada.email()));
            String link = server.mails().token(ada.email(), "reset-password");
            Answer done =
                    server.client().post("/api/v1/auth/reset-password", Map.of("token", link, "newPassword", NEXT));
            assertThat(done.status()).as(done.body()).isIn(200, 204);
            assertThat(done.body()).doesNotContain("access_token");
            assertThat(ada.me().status()).isEqualTo(401);

            String handle = ada.login(NEXT).text("/mfaToken");
            clock.advance(Duration.ofMinutes(1));
            Answer in = server.client().post("/api/v1/mfa/verify", Map.of("mfaToken", handle, "code", app.code()));
            assertThat(in.status()).as(in.body()).isEqualTo(200);
        }
    }

    private static AuthenticatorApp enrolled(Person person, MutableClock clock) {
        Answer setup = person.client().post("/api/v1/mfa/setup", Map.of());
        AuthenticatorApp app = new AuthenticatorApp(setup.text("/secret"), clock);
        Answer enabled = person.client().post("/api/v1/mfa/enable", Map.of("code", app.code()));
        assertThat(enabled.status()).as(enabled.body()).isEqualTo(200);
        return app;
    }

    private static Person raised(Person person, AuthenticatorApp app, MutableClock clock) {
        clock.advance(Duration.ofMinutes(1));
        Answer raised = person.client().post("/api/v1/auth/reauthenticate", Map.of("code", app.code()));
        assertThat(raised.status()).as(raised.body()).isEqualTo(200);
        return person.with(raised);
    }

    private static void refusedForOneFactor(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("REAUTHENTICATION_REQUIRED");
        assertThat(answer.json().at("/error/details/0/field").asString()).isEqualTo("acr");
    }
}
