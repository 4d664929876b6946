package dev.latchkey.hosted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.ApiClient;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

class FirstPasswordPagesTest {
    private static final String EMAIL = "ada@example.com";
    private static final String FIRST = "/account/password/first";
    private static final List<String> ASKING = List.of("/account/password", "/account/delete", "/account/confirm/lost");

    @BothEngines
    @DisplayName("who has no password is never asked for one, but offered the link that sets it")
    void offered(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Browser browser = withoutPassword(server);
            assertThat(browser.open("/account/security").body()).contains("Choose a password");
            for (String form : ASKING) {
                assertThat(browser.open(form).header("Location")).as(form).isEqualTo(FIRST);
            }
            assertThat(browser.follow().body())
                    .contains("You have no password yet", EMAIL, "id=\"first-password\"")
                    .doesNotContain("type=\"password\"");

            Answer sent = browser.send(FIRST, Map.of());
            assertThat(sent.status()).as(sent.body()).isEqualTo(200);
            assertThat(sent.body()).contains("We have mailed a link to " + EMAIL, "href=\"/account\"");
            browser.open("/reset-password?token=" + server.mails().token(EMAIL, "reset-password"));
            String password = "lamp-Meadow-77-oboe";
            browser.send("/reset-password", Map.of("newPassword", password, "repeatPassword", password));
            Browser again = new Browser(server);
            again.open("/login");
            assertThat(again.send("/login", Map.of("email", EMAIL, "password", password))
                            .status())
                    .isEqualTo(303);
            again.follow();
            assertThat(again.open(FIRST).header("Location")).isEqualTo("/account/password");
            assertThat(again.follow().body()).contains("name=\"currentPassword\"");
            assertThat(again.post(FIRST, Map.of()).status())
                    .as("without the page's token")
                    .isEqualTo(403);
        }
    }

    @BothEngines
    @DisplayName("a guess at a password that is not there locks nobody out; a step-up without any way tells what to do")
    void notCounted(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "limits.enabled", "false")) {
            Browser browser = withoutPassword(server);
            clock.advance(Duration.ofMinutes(16));
            assertThat(browser.open("/account/email").header("Location")).startsWith("/account/confirm");
            assertThat(browser.follow().header("Location")).isEqualTo(FIRST);
            browser.follow();
            for (int guess = 0; guess < 12; guess++) {
                for (String form : List.of("/account/confirm", "/account/password", "/account/delete")) {
                    Answer refused = browser.send(form, Map.of("password", "a guess", "currentPassword", "a guess"));
                    assertThat(refused.header("Location")).as(form).isEqualTo(FIRST);
                    browser.follow();
                }
            }
            assertThat(server.auditNames()).doesNotContain("user.locked.v1", "login.reauthentication-failed.v1");
        }
    }

    @BothEngines
    @DisplayName("by the API too a password that is not there is said to be missing, and no guess at it counts")
    void toldByTheApi(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "limits.enabled", "false")) {
            ApiClient ada = server.client().with("X-Session-Id", session(server));
            for (int guess = 0; guess < 12; guess++) {
                Answer refused = ada.post("/api/v1/auth/reauthenticate", Map.of("password", "a guess"));
                assertThat(refused.code()).isEqualTo("INVALID_CREDENTIALS");
                assertThat(refused.body()).contains("This account has no password yet");
            }
            assertThat(server.auditNames()).doesNotContain("user.locked.v1", "login.reauthentication-failed.v1");
        }
    }

    private static String session(TestServer server) {
        Person.registered(server, EMAIL);
        String handle = server.client()
                .post("/api/v1/auth/magic-link", Map.of("email", EMAIL))
                .text("/loginToken");
        String code = server.mails().code(EMAIL, "login/link");
        return server.client()
                .post("/api/v1/auth/otp", Map.of("loginToken", handle, "code", code, "mode", "session"))
                .text("/sessionId");
    }

    /** Signed in by a mailed code, which claimed the mailbox and voided the password that was set before. */
    private static Browser withoutPassword(TestServer server) {
        Person.registered(server, EMAIL);
        Browser browser = new Browser(server);
        browser.open("/login");
        browser.send("/login/mail", Map.of("email", EMAIL));
        browser.follow();
        Answer done = browser.send("/login/code", Map.of("code", server.mails().code(EMAIL, "login/link")));
        assertThat(done.status()).as(done.body()).isEqualTo(303);
        browser.follow();
        return browser;
    }
}
