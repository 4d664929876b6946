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
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;

class LoginPagesTest {
    private static final String EMAIL = "ada@example.com";
    private static final Pattern CODE = Pattern.compile("\\b([0-9]{6})\\b");

    @BothEngines
    @DisplayName("S2-14 the login form signs in without JavaScript and leads on; what is wrong is shown in it")
    void password(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person.registered(server, EMAIL);
            Browser browser = new Browser(server);
            Answer form = browser.open("/login");
            assertThat(form.status()).isEqualTo(200);
            assertThat(form.body())
                    .contains("autocomplete=\"username webauthn\"", "autocomplete=\"current-password\"")
                    .contains("id=\"email\" name=\"email\"", "id=\"password\" name=\"password\"");

            Answer wrong = browser.send("/login", Map.of("email", EMAIL, "password", "wrong", "remember", "true"));
            assertThat(wrong.status()).isEqualTo(401);
            assertThat(wrong.body())
                    .contains("Invalid email or password", "value=\"" + EMAIL + "\"", "checked")
                    .doesNotContain("\"wrong\"");
            assertThat(browser.send("/login", Map.of("email", "", "password", ""))
                            .status())
                    .isEqualTo(422);
            assertThat(browser.signedIn()).isFalse();

            Answer right = browser.send("/login", Map.of("email", EMAIL, "password", Person.PASSWORD));
            assertThat(right.status()).as(right.body()).isEqualTo(303);
            assertThat(right.header("Location")).isEqualTo("/account");
            assertThat(browser.signedIn()).isTrue();
            assertThat(browser.open("/login").body()).contains("You are signed in", "href=\"/account\"");
        }
    }

    @BothEngines
    @DisplayName("S1-39 a form without a password is no try: it is not counted by the name in it")
    void noTry(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person.registered(server, EMAIL);
            Browser browser = new Browser(server);
            browser.open("/login");
            for (String password : List.of("", "", "", "x".repeat(1025), "", "")) {
                assertThat(browser.send("/login", Map.of("email", EMAIL, "password", password))
                                .status())
                        .isEqualTo(422);
            }

            assertThat(browser.send("/login", Map.of("email", EMAIL, "password", Person.PASSWORD))
                            .status())
                    .isEqualTo(303);
        }
    }

    @BothEngines
    @DisplayName("the mailed code signs in on the page; wrong, repeated and forgotten ones have a way forward")
    void mailedCode(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person.registered(server, EMAIL);
            Browser browser = new Browser(server);
            assertThat(browser.open("/login/code").header("Location")).isEqualTo("/login?expired=1");
            browser.open("/login?return_to=/docs");
            assertThat(browser.send("/login/mail", Map.of("email", "", "password", ""))
                            .status())
                    .isEqualTo(422);
            Answer sent = browser.send("/login/mail", Map.of("email", EMAIL, "password", ""));
            assertThat(sent.header("Location")).isEqualTo("/login/code?return_to=%2Fdocs");
            assertThat(browser.follow().status()).isEqualTo(200);
            assertThat(browser.send("/login/code", Map.of("code", "x")).status())
                    .isEqualTo(401);
            assertThat(browser.send("/login/code", Map.of("code", " ")).status())
                    .isEqualTo(422);

            String code = mailed(server);
            Answer done = browser.send("/login/code", Map.of("code", code));
            assertThat(done.status()).as(done.body()).isEqualTo(303);
            assertThat(done.header("Location")).isEqualTo("/docs");
            assertThat(browser.signedIn()).isTrue();
            Answer again = browser.post("/login/code", Map.of("code", code));
            assertThat(again.header("Location")).isEqualTo("/login?expired=1");
        }
    }

    @BothEngines
    @DisplayName("login CSRF: a form of another site does not sign its visitor in")
    void foreignForm(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(
                database, clock, "limits.enabled", "false", "server.cors-origins", "https://app.example.com")) {
            Person.registered(server, EMAIL);
            Map<String, String> fields = Map.of("email", EMAIL, "password", Person.PASSWORD);
            for (String path :
                    new String[] {"/login", "/login/mail", "/login/code", "/mfa", "/mfa/enrolment", "/mfa/lost"}) {
                assertThat(server.client()
                                .with("Origin", "https://evil.example")
                                .form(path, fields)
                                .status())
                        .as(path)
                        .isEqualTo(403);
                assertThat(server.client()
                                .with("Origin", "https://app.example.com")
                                .form(path, fields)
                                .status())
                        .as(path)
                        .isEqualTo(403);
                assertThat(server.client()
                                .with("Sec-Fetch-Site", "cross-site")
                                .form(path, fields)
                                .status())
                        .as(path)
                        .isEqualTo(403);
                Answer hidden = server.client().with("Origin", "null").form(path, fields);
                assertThat(hidden.status()).as(path).isEqualTo(403);
                assertThat(hidden.body()).contains("This page was out of date", "id=\"onward\"");
            }
        }
    }

    @BothEngines
    @DisplayName("a login leads to own paths and listed front ends only; the policy lets the form go there")
    void returnTo(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "server.cors-origins", "https://app.example.com")) {
            Person.registered(server, EMAIL);
            Browser browser = new Browser(server);
            Answer form = browser.open("/login?return_to=https%3A%2F%2Fapp.example.com%2Fhome%3Fa%3Db");
            assertThat(form.header("Content-Security-Policy"))
                    .contains("form-action 'self' https://app.example.com;", "frame-ancestors 'none'")
                    .doesNotContain("unsafe-inline");
            assertThat(form.header("Cache-Control")).contains("no-store");
            Answer done = browser.send("/login", Map.of("email", EMAIL, "password", Person.PASSWORD));
            assertThat(done.header("Location")).isEqualTo("https://app.example.com/home?a=b");

            Browser victim = new Browser(server);
            Answer attacked = victim.post(
                    "/login",
                    Map.of("email", EMAIL, "password", Person.PASSWORD, "return_to", "https://evil.example/"));
            assertThat(attacked.header("Location")).isEqualTo("/account");
        }
    }

    @BothEngines
    @DisplayName("S1-41 a backup code, an authenticator's code and a switch between them finish a login on the page")
    void secondFactor(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            TwoFactors ada = TwoFactors.of(Person.registered(server, EMAIL), clock);
            clock.advance(Duration.ofMinutes(1));
            Browser browser = new Browser(server);
            assertThat(browser.open("/mfa").header("Location")).isEqualTo("/login?expired=1");
            assertThat(browser.follow().body()).contains("That took too long");

            browser.open("/login?return_to=/docs");
            Answer asked = browser.send("/login", Map.of("email", EMAIL, "password", Person.PASSWORD));
            assertThat(asked.header("Location")).isEqualTo("/mfa?return_to=%2Fdocs");
            assertThat(browser.has("latchkey_session")).isFalse();
            Answer page = browser.follow();
            assertThat(page.body()).contains("one-time-code", "id=\"use-backup-code\"", "id=\"lost\"");
            assertThat(page.header("Cache-Control")).contains("no-store");
            assertThat(browser.signedIn()).isFalse();
            assertThat(browser.send("/mfa", Map.of("code", "000000")).status()).isEqualTo(401);
            assertThat(browser.send("/mfa", Map.of("code", "")).status()).isEqualTo(422);
            Answer done = browser.send("/mfa", Map.of("code", ada.app().code()));
            assertThat(done.status()).as(done.body()).isEqualTo(303);
            assertThat(done.header("Location")).isEqualTo("/docs");
            assertThat(browser.signedIn()).isTrue();
            assertThat(browser.post("/mfa", Map.of("code", "1")).header("Location"))
                    .isEqualTo("/login?expired=1");

            Browser other = new Browser(server);
            other.open("/login");
            other.send("/login", Map.of("email", EMAIL, "password", Person.PASSWORD));
            other.open("/mfa?with=backup-code");
            assertThat(other.send("/mfa", Map.of("code", ada.backupCodes().getFirst()))
                            .status())
                    .isEqualTo(303);
            assertThat(other.signedIn()).isTrue();
        }
    }

    @BothEngines
    @DisplayName("a login that waited too long begins anew, and says so; a lost device begins a recovery")
    void expiredAndLost(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            TwoFactors ada = TwoFactors.of(Person.registered(server, EMAIL), clock);
            Browser browser = new Browser(server);
            browser.open("/login");
            browser.send("/login", Map.of("email", EMAIL, "password", Person.PASSWORD));
            assertThat(browser.open("/mfa/lost").body()).contains("Mail me the link");
            Answer lost = browser.send("/mfa/lost", Map.of());
            assertThat(lost.status()).as(lost.body()).isEqualTo(200);
            assertThat(lost.body()).contains("We have sent you a mail", "UTC", "href=\"/login\"");
            assertThat(server.mails().token(EMAIL, "recovery")).isNotEmpty();

            clock.advance(Duration.ofMinutes(6));
            Answer late = browser.post("/mfa", Map.of("code", ada.app().code()));
            assertThat(late.header("Location")).isEqualTo("/login?expired=1");
            assertThat(browser.open("/mfa/lost").header("Location")).isEqualTo("/login?expired=1");
            assertThat(browser.signedIn()).isFalse();
        }
    }

    @BothEngines
    @DisplayName("who must have a second factor sets it up at the login: picture, key, code, then backup codes once")
    void enrolment(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "mfa.required-roles", "ADMIN")) {
            Person.registered(server, EMAIL);
            server.grant(EMAIL, "ADMIN");
            Browser browser = new Browser(server);
            browser.open("/login");
            Answer must = browser.send("/login", Map.of("email", EMAIL, "password", Person.PASSWORD));
            assertThat(must.header("Location")).isEqualTo("/mfa/enrolment");
            Answer page = browser.follow();
            assertThat(page.body()).contains("<svg", "id=\"key\"");
            String secret = TwoFactors.secret(page.body());

            Answer wrong = browser.send("/mfa/enrolment", Map.of("code", "000000"));
            assertThat(wrong.status()).isEqualTo(401);
            assertThat(TwoFactors.secret(wrong.body())).isEqualTo(secret);
            Answer guessed = browser.post("/mfa/enrolment", Map.of("code", "000000", "secret", "AAAA"));
            assertThat(TwoFactors.secret(guessed.body()))
                    .as("nobody else's seed is shown")
                    .isNotEqualTo(secret);

            String code = new AuthenticatorApp(TwoFactors.secret(guessed.body()), clock).code();
            Answer done = browser.send("/mfa/enrolment", Map.of("code", code));
            assertThat(done.status()).as(done.body()).isEqualTo(200);
            assertThat(done.body()).contains("id=\"backup-codes\"", "href=\"/account\"");
            assertThat(done.header("Cache-Control")).contains("no-store");
            assertThat(browser.signedIn()).isTrue();
            assertThat(browser.open("/mfa/enrolment").header("Location")).isEqualTo("/login?expired=1");
        }
    }

    /** The code of the newest mail. */
    private static String mailed(TestServer server) {
        // Of one millisecond's mails none is the newest.
        return server.mails().to(EMAIL).stream()
                .map(sent -> sent.mail().text())
                .filter(text -> text.contains("/login/link"))
                .map(CODE::matcher)
                .filter(Matcher::find)
                .map(code -> code.group(1))
                .findFirst()
                .orElseThrow();
    }
}
