package dev.latchkey.hosted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.AuthenticatorApp;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.passkey.SoftwareAuthenticator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;

class SecurityPagesTest {
    private static final String EMAIL = "ada@example.com";
    private static final String ORIGIN = "http://localhost:3001";
    private static final String NEXT_PASSWORD = "lamp-Meadow-77-oboe";
    private static final Pattern FACTOR = Pattern.compile("id=\"factor-([0-9a-f-]{36})\"");
    private static final Pattern CODE = Pattern.compile("<li><code>([^<]+)</code>");

    @BothEngines
    @DisplayName("6.2.3 the password is changed by whoever knows it; other sessions end, this browser goes on")
    void password(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person.registered(server, EMAIL);
            Browser other = Browser.signedIn(server, EMAIL);
            Browser browser = Browser.signedIn(server, EMAIL);
            assertThat(browser.open("/account/security").body()).contains("href=\"/account/password\"");
            browser.open("/account/password");
            Answer differs = browser.send("/account/password", passwords(Person.PASSWORD, NEXT_PASSWORD, "x"));
            assertThat(differs.status()).isEqualTo(422);
            assertThat(differs.body())
                    .contains("id=\"repeatPassword-error\"")
                    .doesNotContain(NEXT_PASSWORD, Person.PASSWORD);
            assertThat(browser.send("/account/password", passwords("", "", "")).body())
                    .contains("currentPassword-error", "newPassword-error");
            assertThat(browser.send("/account/password", passwords("wrong", NEXT_PASSWORD, NEXT_PASSWORD))
                            .status())
                    .isEqualTo(401);
            Answer weak = browser.send("/account/password", passwords(Person.PASSWORD, "password1", "password1"));
            assertThat(weak.status()).isEqualTo(422);
            assertThat(weak.body()).contains("newPassword-error");

            Answer done = browser.send("/account/password", passwords(Person.PASSWORD, NEXT_PASSWORD, NEXT_PASSWORD));
            assertThat(done.header("Location")).isEqualTo("/account/security?done=password");
            assertThat(browser.follow().body()).contains("Your new password is set");
            assertThat(browser.signedIn()).isTrue();
            assertThat(other.signedIn()).isFalse();
        }
    }

    @BothEngines
    @DisplayName("S2-14 authenticator apps are added, renamed and removed on the page, after a recent login only")
    void authenticators(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person.registered(server, EMAIL);
            Browser browser = Browser.signedIn(server, EMAIL);
            clock.advance(Duration.ofMinutes(16));
            assertThat(browser.open("/account/authenticator").header("Location"))
                    .isEqualTo("/account/confirm?return_to=%2Faccount%2Fauthenticator");
            browser.follow();
            browser.send("/account/confirm", Map.of("password", Person.PASSWORD));
            String secret = TwoFactors.secret(browser.follow().body());
            Answer wrong = browser.send("/account/authenticator", Map.of("code", "000000"));
            assertThat(wrong.status()).isEqualTo(401);
            assertThat(TwoFactors.secret(wrong.body())).isEqualTo(secret);
            Answer guessed = browser.send("/account/authenticator", Map.of("code", "000000", "secret", "AAAA"));
            String fresh = TwoFactors.secret(guessed.body());
            assertThat(fresh).as("nobody else's seed is shown").isNotEqualTo(secret);
            String code = new AuthenticatorApp(fresh, clock).code();
            Answer added = browser.send("/account/authenticator", Map.of("code", code));
            assertThat(added.status()).as(added.body()).isEqualTo(200);
            assertThat(added.body())
                    .contains("id=\"backup-codes\"", "href=\"/account/security?done=authenticator_added\"");
            assertThat(added.header("Cache-Control")).contains("no-store");

            String security = browser.open("/account/security").body();
            assertThat(security).contains("Codes left: 10", "Switch the second step off");
            String place = "/account/authenticators/" + factor(security);
            assertThat(browser.open(place).body()).contains("value=\"Authenticator app\"");
            assertThat(browser.send(place, Map.of("name", "")).status()).isEqualTo(422);
            assertThat(browser.send(place, Map.of("name", "x".repeat(61))).status())
                    .isEqualTo(422);
            assertThat(browser.send(place, Map.of("name", "Old <phone>")).header("Location"))
                    .isEqualTo("/account/security?done=renamed");
            assertThat(browser.follow().body()).contains("<strong>Old &lt;phone&gt;</strong>");
            assertThat(browser.open(place + "/remove").body()).contains("Remove Old &lt;phone&gt;?");
            assertThat(browser.send(place + "/remove", Map.of()).status()).isEqualTo(303);
            assertThat(browser.follow().body()).contains("It is removed").doesNotContain("Old &lt;phone&gt;");
            assertThat(browser.open(place).status()).isEqualTo(404);
        }
    }

    @BothEngines
    @DisplayName("an authenticator app gets its name on the page; without one it is called in the reader's language")
    void named(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person.registered(server, EMAIL);
            Browser browser = Browser.signedIn(server, EMAIL);
            String path = "/account/authenticator";
            String secret = TwoFactors.secret(browser.open(path).body());
            Answer tooLong = browser.send(path, Map.of("code", "000000", "name", "x".repeat(61)));
            assertThat(tooLong.status()).isEqualTo(422);
            assertThat(TwoFactors.secret(tooLong.body())).isEqualTo(secret);
            assertThat(browser.send(path, Map.of("code", "000000", "name", "Old <phone>"))
                            .body())
                    .contains("value=\"Old &lt;phone>\"");
            String code = new AuthenticatorApp(secret, clock).code();
            browser.send(path, Map.of("code", code, "name", " Old <phone> "));
            assertThat(browser.open("/account/security").body()).contains("<strong>Old &lt;phone&gt;</strong>");

            clock.advance(Duration.ofMinutes(1));
            String second = TwoFactors.secret(browser.open(path + "?lang=de").body());
            Answer added = browser.send(path, Map.of("code", new AuthenticatorApp(second, clock).code(), "name", " "));
            assertThat(added.header("Location")).isEqualTo("/account/security?done=authenticator_added");
            assertThat(browser.follow().body()).contains("<strong>Authenticator-App</strong>");
        }
    }

    @BothEngines
    @DisplayName("S3-13 backup codes are made anew on the page, shown once; the old ones confirm nothing any more")
    void backupCodes(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            TwoFactors ada = TwoFactors.of(Person.registered(server, EMAIL), clock);
            Browser browser = twoFactors(server, ada, clock);
            browser.open("/account/backup-codes");
            Answer renewed = browser.send("/account/backup-codes", Map.of());
            assertThat(renewed.status()).isEqualTo(200);
            Matcher code = CODE.matcher(renewed.body());
            assertThat(code.find()).isTrue();
            assertThat(renewed.body()).doesNotContain(ada.backupCodes().getFirst());

            clock.advance(Duration.ofMinutes(20));
            browser.open("/account/backup-codes");
            assertThat(browser.follow().body())
                    .contains("id=\"use-backup-code\"", "value=\"totp\"")
                    .doesNotContain("type=\"password\"", "use-password");
            browser.open("/account/confirm?with=backup-code&return_to=/account/backup-codes");
            assertThat(browser.send(
                                    "/account/confirm",
                                    Map.of("code", ada.backupCodes().getFirst()))
                            .status())
                    .isEqualTo(401);
            assertThat(browser.send("/account/confirm", Map.of("code", code.group(1)))
                            .header("Location"))
                    .isEqualTo("/account/backup-codes");
            assertThat(browser.follow().status()).isEqualTo(200);
        }
    }

    @BothEngines
    @DisplayName("the second step is switched off by a code, but not where a role needs it")
    void switchedOff(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "mfa.required-roles", "ADMIN")) {
            TwoFactors ada = TwoFactors.of(Person.registered(server, EMAIL), clock);
            Browser browser = twoFactors(server, ada, clock);
            browser.open("/account/two-step/off");
            assertThat(browser.send("/account/two-step/off", Map.of("code", "")).status())
                    .isEqualTo(422);
            assertThat(browser.send("/account/two-step/off", Map.of("code", "000000"))
                            .status())
                    .isEqualTo(401);
            server.grant(EMAIL, "ADMIN");
            browser = twoFactors(server, ada, clock);
            assertThat(browser.open("/account/security").body()).contains("Your role needs that");
            browser.open("/account/two-step/off");
            Answer refused = browser.send(
                    "/account/two-step/off", Map.of("code", ada.backupCodes().getLast()));
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body()).contains("Your role needs a second factor");
            assertThat(browser.open("/account/security").body()).contains("id=\"two-step\"");
        }
    }

    @BothEngines
    @DisplayName("S1-23 passkeys are listed with what is known of them, renamed and removed; nobody else's")
    void passkeys(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "server.public-url", ORIGIN)) {
            Person ada = Person.registered(server, EMAIL);
            Person eve = Person.registered(server, "eve@example.com");
            SoftwareAuthenticator key = SoftwareAuthenticator.at(ORIGIN);
            PasskeyPagesTest.register(ada, key);
            PasskeyPagesTest.register(eve, SoftwareAuthenticator.at(ORIGIN));
            Browser browser = Browser.signedIn(server, EMAIL);
            String security = browser.open("/account/security").body();
            assertThat(security).contains("<section id=\"passkeys\"", "id=\"add-passkey\"", "Never used", "Added: ");
            String place = "/account/passkeys/" + factor(security);
            browser.open(place);
            browser.send(place, Map.of("name", "Blue key"));
            assertThat(browser.follow().body()).contains("<strong>Blue key</strong>");
            String foreign = "/account/passkeys/"
                    + factor(Browser.signedIn(server, "eve@example.com")
                            .open("/account/security")
                            .body());
            assertThat(browser.open(foreign).status()).isEqualTo(404);
            browser.open(place + "/remove");
            browser.send(foreign + "/remove", Map.of());
            assertThat(eve.client().get("/api/v1/passkeys").data("")).hasSize(1);
            browser.open("/account/confirm");
            String confirm = "/account/confirm/passkey";
            browser.send(confirm, PasskeyFields.assertion(browser, confirm, key));
            browser.open(place + "/remove");
            assertThat(browser.send(place + "/remove", Map.of()).header("Location"))
                    .isEqualTo("/account/security?done=removed");
            assertThat(ada.client().get("/api/v1/passkeys").data("")).isEmpty();
            assertThat(browser.open(place + "/remove").status()).isEqualTo(404);
        }
    }

    private static Map<String, String> passwords(String current, String wanted, String repeated) {
        return Map.of("currentPassword", current, "newPassword", wanted, "repeatPassword", repeated);
    }

    /** A browser that signed in with both factors. */
    private static Browser twoFactors(TestServer server, TwoFactors ada, MutableClock clock) {
        clock.advance(Duration.ofMinutes(1));
        Browser browser = new Browser(server);
        browser.open("/login");
        browser.send("/login", Map.of("email", EMAIL, "password", Person.PASSWORD));
        browser.follow();
        Answer done = browser.send("/mfa", Map.of("code", ada.app().code()));
        assertThat(done.status()).as(done.body()).isEqualTo(303);
        return browser;
    }

    private static String factor(String page) {
        Matcher factor = FACTOR.matcher(page);
        assertThat(factor.find()).as(page).isTrue();
        return factor.group(1);
    }

    /** The backup codes that a page shows. */
    static List<String> codes(String html) {
        return CODE.matcher(html).results().map(found -> found.group(1)).toList();
    }
}
