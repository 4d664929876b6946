package dev.latchkey.hosted;

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

class AccountPagesTest {
    private static final String EMAIL = "ada@example.com";

    @BothEngines
    @DisplayName("a login leads to the own account; who is not signed in is led to the login and back")
    void signedIn(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person.registered(server, EMAIL);
            Browser browser = new Browser(server);
            assertThat(browser.open("/account/sessions?done=session").header("Location"))
                    .isEqualTo("/login?required=1&return_to=%2Faccount%2Fsessions%3Fdone%3Dsession");
            assertThat(browser.follow().body()).contains("Please sign in first");
            Answer done = browser.send("/login", Map.of("email", EMAIL, "password", Person.PASSWORD));
            assertThat(done.header("Location")).isEqualTo("/account/sessions?done=session");
            Answer page = browser.follow();
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.body()).contains("id=\"sign-out\"", "That device is signed out", "This device");
            assertThat(page.header("Cache-Control")).contains("no-store");
            assertThat(browser.open("/account?done=anything").body()).doesNotContain("id=\"done\"");
        }
    }

    @BothEngines
    @DisplayName("the profile is shown and changed; what is wrong is shown in the form, with what was typed")
    void profile(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person.registered(server, EMAIL);
            Browser browser = Browser.signedIn(server, EMAIL);
            assertThat(browser.page().body()).contains(EMAIL, "id=\"unverified\"", "id=\"profile-form\"");
            Answer wrong = browser.send("/account", Map.of("name", "Ada <L>", "locale", "??", "picture", "http://x"));
            assertThat(wrong.status()).isEqualTo(422);
            assertThat(wrong.body())
                    .contains(
                            "value=\"Ada &lt;L>\"",
                            "locale-error",
                            "picture-error",
                            "Give an address that begins with");
            Answer saved = browser.send(
                    "/account", Map.of("name", "Ada L", "locale", "de", "picture", "https://pictures.example/a.png"));
            assertThat(saved.header("Location")).isEqualTo("/account?done=profile");
            assertThat(browser.follow().body())
                    .contains(
                            "<html lang=\"de\"",
                            "id=\"done\"",
                            "value=\"Ada L\"",
                            "lang=\"de\" selected>Deutsch<",
                            "a.png")
                    .doesNotContain("<img src=\"https");
            browser.send("/account", Map.of("name", "", "locale", "", "picture", ""));
            assertThat(browser.client().get("/api/v1/auth/me").body()).doesNotContain("Ada L", "a.png");
        }
    }

    @BothEngines
    @DisplayName(
            "S4-06 the language is chosen from those there are, by their own names; another one from elsewhere is kept")
    void language(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person.registered(server, EMAIL);
            Browser browser = Browser.signedIn(server, EMAIL);
            assertThat(browser.open("/account").body())
                    .contains("<select id=\"locale\"", ">English<", ">Deutsch<", ">日本語<", ">العربية<")
                    .containsOnlyOnce(" selected");
            browser.send("/account", Map.of("name", "", "locale", "pt-BR", "picture", ""));
            assertThat(browser.open("/account").body())
                    .contains("<option value=\"pt-BR\" lang=\"pt-BR\" selected>português (Brasil)<")
                    .containsOnlyOnce(" selected");
            assertThat(browser.send("/account", Map.of("name", "", "locale", "??", "picture", ""))
                            .body())
                    .contains("<option value=\"??\" lang=\"??\" selected>??<", "locale-error");
        }
    }

    @BothEngines
    @DisplayName(
            "V7.5.1 another address needs a recent login: the page asks for it, then goes on; the link brings it in force")
    void email(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person.registered(server, EMAIL);
            Browser browser = Browser.signedIn(server, EMAIL);
            clock.advance(Duration.ofMinutes(16));
            assertThat(browser.open("/account/email").header("Location"))
                    .isEqualTo("/account/confirm?return_to=%2Faccount%2Femail");
            assertThat(browser.follow().body()).contains("id=\"confirm\"");
            assertThat(browser.send("/account/confirm", Map.of("password", "wrong"))
                            .status())
                    .isEqualTo(401);
            assertThat(browser.send("/account/confirm", Map.of("password", "")).status())
                    .isEqualTo(422);
            Answer confirmed = browser.send("/account/confirm", Map.of("password", Person.PASSWORD));
            assertThat(confirmed.header("Location")).isEqualTo("/account/email");
            assertThat(confirmed.cookies()).anyMatch(cookie -> cookie.startsWith("latchkey_session="));
            browser.follow();
            assertThat(browser.send("/account/email", Map.of("email", "x")).status())
                    .isEqualTo(422);
            assertThat(browser.send("/account/email", Map.of("email", "ada@new.example"))
                            .header("Location"))
                    .isEqualTo("/account?done=email");
            assertThat(browser.follow().body())
                    .contains("Waiting for ada@new.example", "<strong id=\"current-email\">" + EMAIL);
            browser.open("/verify-email?token=" + server.mails().token("ada@new.example", "verify-email"));
            assertThat(browser.send("/verify-email", Map.of()).status()).isEqualTo(200);
            assertThat(browser.open("/account").body())
                    .contains("<strong id=\"current-email\">ada@new.example")
                    .doesNotContain("id=\"unverified\"");
        }
    }

    @BothEngines
    @DisplayName(
            "V7.5.1 with a second factor the forms for address and password ask for it first, and keep what was typed")
    void secondFactor(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, EMAIL);
            Browser browser = Browser.signedIn(server, EMAIL);
            browser.open("/account/email");
            TwoFactors factors = TwoFactors.of(ada, clock);
            clock.advance(Duration.ofMinutes(1));

            assertThat(browser.send("/account/email", Map.of("email", "ada@new.example"))
                            .header("Location"))
                    .startsWith("/account/confirm?return_to=%2Faccount%2Femail");
            browser.open("/account/password");
            assertThat(browser.page().header("Location")).isEqualTo("/account/confirm?return_to=%2Faccount%2Fpassword");
            assertThat(browser.follow().body()).doesNotContain("type=\"password\"");
            browser.send("/account/confirm", Map.of("code", factors.app().code()));
            assertThat(browser.page().header("Location")).isEqualTo("/account/password");
            assertThat(browser.follow().body()).contains("id=\"newPassword\"");
            browser.open("/account/email");
            assertThat(browser.send("/account/email", Map.of("email", "ada@new.example"))
                            .header("Location"))
                    .isEqualTo("/account?done=email");
        }
    }

    @BothEngines
    @DisplayName(
            "V7.5.2 sessions are listed; one is ended, a second time too, all are ended; strangers' are left alone")
    void sessions(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person.registered(server, EMAIL);
            Person eve = Person.registered(server, "eve@example.com");
            Browser here = Browser.signedIn(server, EMAIL);
            Browser other = Browser.signedIn(server, EMAIL);
            Browser third = Browser.signedIn(server, EMAIL);
            String id = session(other.client().get("/api/v1/auth/sessions"));
            Answer list = here.open("/account/sessions");
            assertThat(list.body()).contains("id=\"session-" + id + "\"", "198.51.100.7");
            assertThat(here.send("/account/sessions", Map.of("session", id)).header("Location"))
                    .isEqualTo("/account/sessions?done=session");
            assertThat(other.signedIn()).isFalse();
            here.follow();
            assertThat(here.send("/account/sessions", Map.of("session", id)).status())
                    .isEqualTo(303);
            here.follow();
            String foreign = session(eve.client().get("/api/v1/auth/sessions"));
            here.send("/account/sessions", Map.of("session", foreign));
            assertThat(eve.me().status()).isEqualTo(200);

            here.open("/account/sessions");
            Answer out = here.send("/account/sessions", Map.of("all", "true"));
            assertThat(out.header("Location")).isEqualTo("/login?signed_out=1");
            assertThat(here.follow().body()).contains("You are signed out");
            assertThat(third.signedIn()).isFalse();
        }
    }

    @BothEngines
    @DisplayName("V7.4.3 every other device is signed out by a button, offered too where a factor was added or removed")
    void otherSessions(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            String button = "id=\"sign-out-others\"";
            Person ada = Person.registered(server, EMAIL);
            Browser here = Browser.signedIn(server, EMAIL);
            ada.client().post("/api/v1/auth/logout");
            assertThat(here.open("/account/sessions").body()).doesNotContain(button);
            assertThat(here.open("/account/security?done=removed").body()).doesNotContain(button);
            Browser other = Browser.signedIn(server, EMAIL);
            assertThat(here.open("/account/security").body()).doesNotContain(button);
            assertThat(here.open("/account/sessions").body()).contains(button);

            String secret =
                    TwoFactors.secret(here.open("/account/authenticator").body());
            String code = new AuthenticatorApp(secret, clock).code();
            assertThat(here.send("/account/authenticator", Map.of("code", code)).body())
                    .contains("href=\"/account/security?done=authenticator_added\"");
            assertThat(here.open("/account/security?done=authenticator_added").body())
                    .contains(button);
            assertThat(here.send("/account/sessions", Map.of("others", "true")).header("Location"))
                    .isEqualTo("/account/sessions?done=other_sessions");
            assertThat(here.follow().body())
                    .contains("Every other device is signed out.")
                    .doesNotContain(button);
            assertThat(other.signedIn()).isFalse();
        }
    }

    @BothEngines
    @DisplayName("signing out by a POST with the session's token; the GET only asks; twice is as good as once")
    void logout(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "server.cors-origins", "https://app.example.com")) {
            Person.registered(server, EMAIL);
            Browser browser = Browser.signedIn(server, EMAIL);
            assertThat(browser.post("/logout", Map.of()).status()).isEqualTo(403);
            assertThat(browser.signedIn()).isTrue();
            assertThat(browser.open("/logout?return_to=https%3A%2F%2Fapp.example.com%2F")
                            .body())
                    .contains("Sign out?");
            assertThat(browser.signedIn()).isTrue();
            assertThat(browser.send("/logout?return_to=https%3A%2F%2Fapp.example.com%2F", Map.of())
                            .header("Location"))
                    .isEqualTo("https://app.example.com/");
            assertThat(browser.signedIn()).isFalse();
            assertThat(browser.post("/logout", Map.of()).header("Location")).isEqualTo("/login?signed_out=1");
            assertThat(browser.open("/logout").header("Location")).isEqualTo("/login?signed_out=1");
        }
    }

    @BothEngines
    @DisplayName("N7 a form of the account without the session's token, or from another site, changes nothing")
    void foreignForms(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person.registered(server, EMAIL);
            Browser browser = Browser.signedIn(server, EMAIL);
            for (String path : new String[] {"/account", "/account/email", "/account/sessions", "/account/confirm"}) {
                assertThat(browser.post(path, Map.of("all", "true", "_csrf", "x"))
                                .status())
                        .as(path)
                        .isEqualTo(403);
                assertThat(browser.page().body()).contains("This page was out of date");
            }
            assertThat(browser.signedIn()).isTrue();
        }
    }

    /** The session that asks. */
    private static String session(Answer sessions) {
        return sessions.data("")
                .valueStream()
                .filter(session -> session.at("/current").asBoolean())
                .findFirst()
                .orElseThrow()
                .at("/id")
                .asString();
    }
}
