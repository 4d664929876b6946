package dev.latchkey.hosted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

/** No page is a dead end. */
class OnwardTest {
    private static final String EMAIL = "ada@example.com";

    @BothEngines
    @DisplayName("S1-02 a mailed login link goes on where the login was to lead, by way of the second factor")
    void mailedLink(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, EMAIL);
            // Or the first login by mail would claim the mailbox, and void the password with it.
            server.client()
                    .post(
                            "/api/v1/auth/verify-email",
                            Map.of("token", server.mails().token(EMAIL, "verify-email")));
            Browser browser = askingForLink(server, "/docs?a=b");
            browser.open("/login/link?token=" + server.mails().token(EMAIL, "login/link"));
            Answer done = browser.send("/login/link", Map.of());
            assertThat(done.status()).as(done.body()).isEqualTo(303);
            assertThat(done.header("Location")).isEqualTo("/docs?a=b");
            assertThat(browser.signedIn()).isTrue();
            assertThat(browser.has("latchkey_return")).isFalse();

            TwoFactors factors = TwoFactors.of(ada.loggedIn(), clock);
            clock.advance(Duration.ofMinutes(1));
            Browser second = askingForLink(server, "/docs?a=b");
            second.open("/login/link?token=" + server.mails().token(EMAIL, "login/link"));
            assertThat(second.send("/login/link", Map.of()).header("Location"))
                    .isEqualTo("/mfa?return_to=%2Fdocs%3Fa%3Db");
            second.follow();
            assertThat(second.send("/mfa", Map.of("code", factors.app().code())).header("Location"))
                    .isEqualTo("/docs?a=b");
            assertThat(second.signedIn()).isTrue();
        }
    }

    @BothEngines
    @DisplayName("whoever stays signed in stays so by the mailed link too, and whoever does not is not made to")
    void remembered(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person.registered(server, EMAIL);
            for (boolean remember : new boolean[] {true, false}) {
                Browser browser = new Browser(server);
                browser.open("/login");
                browser.send(
                        "/login/mail", remember ? Map.of("email", EMAIL, "remember", "true") : Map.of("email", EMAIL));
                browser.open("/login/link?token=" + server.mails().token(EMAIL, "login/link"));
                Answer done = browser.send("/login/link", Map.of());
                assertThat(done.status()).as(done.body()).isEqualTo(303);
                assertThat(done.cookies())
                        .filteredOn(cookie -> cookie.startsWith("latchkey_session="))
                        .singleElement()
                        .satisfies(
                                cookie -> assertThat(cookie.contains("Max-Age")).isEqualTo(remember));
                assertThat(browser.has("latchkey_remember")).isFalse();
                clock.advance(Duration.ofMinutes(1));
            }
        }
    }

    @BothEngines
    @DisplayName(
            "where a login was to lead is kept by whoever forgot the password or lost a factor, without JavaScript")
    void detours(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "limits.enabled", "false")) {
            String query = "?return_to=%2Fdocs%3Fa%3Db";
            Browser browser = new Browser(server);
            assertThat(browser.open("/login" + query).body()).contains("href=\"/forgot" + query + "\"");
            for (String detour : new String[] {"/forgot", "/verify-email/again"}) {
                assertThat(browser.open(detour + query).body())
                        .contains("href=\"/login" + query + "\"", detour + "?lang=de&amp;return_to=");
                assertThat(browser.send(detour, Map.of("email", "x")).body())
                        .contains("name=\"return_to\" value=\"/docs?a=b\"");
                assertThat(browser.send(detour, Map.of("email", EMAIL)).body()).contains(onward("/login" + query));
                assertThat(browser.open(detour + "?return_to=https%3A%2F%2Fevil.example")
                                .body())
                        .doesNotContain("evil.example");
            }

            TwoFactors factors = TwoFactors.of(Person.registered(server, EMAIL), clock);
            browser.open("/login" + query);
            browser.send("/login", Map.of("email", EMAIL, "password", Person.PASSWORD));
            assertThat(browser.follow().body()).contains("href=\"/mfa/lost" + query + "\"");
            browser.open("/mfa/lost" + query);
            assertThat(browser.send("/mfa/lost", Map.of()).body()).contains(onward("/login" + query));

            clock.advance(Duration.ofMinutes(1));
            browser.open("/mfa");
            browser.send("/mfa", Map.of("code", factors.app().code()));
            String confirm = "/account/confirm" + query.replace("?", "?with=totp&");
            assertThat(browser.open(confirm).body())
                    .contains(
                            "href=\"/account/confirm/lost" + query + "\"",
                            "/account/confirm?lang=de&amp;return_to=%2Fdocs%3Fa%3Db");
            assertThat(browser.open("/account/confirm/lost" + query).body())
                    .contains(
                            "href=\"/account/confirm" + query + "\"",
                            "action=\"/account/confirm/lost" + query + "\"",
                            "/account/confirm/lost" + query + "&amp;lang=de");
        }
    }

    @BothEngines
    @DisplayName("R2 what the browser kept of where to go on is checked once more: no open redirect")
    void forgedReturn(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person.registered(server, EMAIL);
            Browser browser = askingForLink(server, "");
            String token = server.mails().token(EMAIL, "login/link");
            for (String kept : new String[] {"aHR0cHM6Ly9ldmlsLmV4YW1wbGUv", "%%%", ""}) {
                Answer page = browser.client()
                        .with(
                                "Cookie",
                                "latchkey_login=" + browser.cookie("latchkey_login") + "; latchkey_return=" + kept)
                        .form("/login/link", Map.of("token", token));
                if (page.status() == 303) {
                    assertThat(page.header("Location")).isEqualTo("/account");
                }
            }
            assertThat(browser.client().get("/api/v1/auth/me").status()).isEqualTo(401);
        }
    }

    @BothEngines
    @DisplayName("a confirmed address leads to the login; a spent or old link to a new one, by mail")
    void verification(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "registration.verification", "required")) {
            Browser browser = new Browser(server);
            browser.post("/signup", Map.of("email", EMAIL, "password", Person.PASSWORD));
            browser.open("/login");
            Answer unverified = browser.send("/login", Map.of("email", EMAIL, "password", Person.PASSWORD));
            assertThat(unverified.status()).isEqualTo(403);
            assertThat(unverified.body()).contains("href=\"/verify-email/again\"");
            String old = server.mails().token(EMAIL, "verify-email");

            browser.open("/verify-email/again");
            assertThat(browser.send("/verify-email/again", Map.of("email", "x")).status())
                    .isEqualTo(422);
            Answer known = browser.post("/verify-email/again", Map.of("email", EMAIL));
            Answer unknown = browser.post("/verify-email/again", Map.of("email", "nobody@example.com"));
            assertThat(known.status()).isEqualTo(200);
            assertThat(unknown.body()).isEqualTo(known.body());
            String fresh = server.mails().token(EMAIL, "verify-email");
            assertThat(fresh).isNotEqualTo(old);
            browser.open("/verify-email?token=" + fresh);
            assertThat(browser.send("/verify-email", Map.of()).body()).contains(onward("/login"));
            Answer spent = browser.post("/verify-email", Map.of("token", fresh));
            assertThat(spent.status()).isEqualTo(400);
            assertThat(spent.body()).contains("does not work any more", onward("/verify-email/again"));
            Answer reset = browser.post(
                    "/reset-password",
                    Map.of("token", "x", "newPassword", Person.PASSWORD, "repeatPassword", Person.PASSWORD));
            assertThat(reset.body()).contains(onward("/forgot"));
            for (String path : new String[] {"/not-me", "/unlock-account", "/recovery", "/recovery/cancel"}) {
                assertThat(browser.post(path, Map.of("token", "x")).body())
                        .as(path)
                        .contains(onward("/login"));
            }
            assertThat(browser.open("/login/link?token=x").body()).contains(onward("/login"));
        }
    }

    @BothEngines
    @DisplayName("too many tries: the page says how long to wait and leads back to the form")
    void limited(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person.registered(server, EMAIL);
            Browser browser = Browser.signedIn(server, EMAIL);
            browser.open("/account/password");
            Map<String, String> wrong = Map.of("currentPassword", "x", "newPassword", "y", "repeatPassword", "y");
            for (int i = 0; i < 5; i++) {
                assertThat(browser.send("/account/password", wrong).status()).isEqualTo(401);
            }
            Answer limited = browser.send("/account/password", wrong);
            assertThat(limited.status()).isEqualTo(429);
            assertThat(limited.body()).contains("Wait 15 min", onward("/account/password"));
        }
    }

    @BothEngines
    @DisplayName("every refusal leads on: out of date, not found, not allowed; /error says only its own words")
    void refusals(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person.registered(server, EMAIL);
            Browser browser = Browser.signedIn(server, EMAIL);
            Answer outOfDate = browser.post("/account/email", Map.of("_csrf", "old"));
            assertThat(outOfDate.body()).contains("out of date", onward("/account/email"));
            assertThat(browser.open("/account/passkeys/x").body()).contains(onward("/account"));
            assertThat(browser.open("/login").body())
                    .contains("You are signed in", "id=\"sign-out\"", onward("/account"));
            for (ErrorCode code : ErrorCode.values()) {
                Answer page = browser.open("/error?code=" + code.name());
                assertThat(page.status()).isEqualTo(200);
                assertThat(page.body()).as(code.name()).contains("id=\"onward\"");
            }
            Answer strange = browser.open("/error?code=%3Cscript%3E&message=hello");
            assertThat(strange.status()).isEqualTo(200);
            assertThat(strange.body()).contains("id=\"onward\"").doesNotContain("<script>", "hello");
        }
    }

    private static Browser askingForLink(TestServer server, String returnTo) {
        Browser browser = new Browser(server);
        browser.open("/login" + (returnTo.isEmpty() ? "" : "?return_to=" + returnTo.replace("?", "%3F")));
        assertThat(browser.send("/login/mail", Map.of("email", EMAIL)).status()).isEqualTo(303);
        return browser;
    }

    private static String onward(String href) {
        return "<a id=\"onward\" class=\"button\" href=\"" + href + "\"";
    }
}
