package dev.latchkey.hosted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.Race;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.Engine;
import dev.latchkey.db.TestDatabase;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;

class KeptFormsTest {
    private static final String EMAIL = "ada@example.com";
    private static final String NEW = "ada@new.example";
    private static final Pattern RENAME = Pattern.compile("href=\"(/account/authenticators/[0-9a-f-]+)\"");
    private static final String FILLED = "value=\"" + NEW + "\"";

    @BothEngines
    @DisplayName("S4-06 a form that was open for too long is filled in again after the step-up, and can be sent")
    void comesBack(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person.registered(server, EMAIL);
            Browser browser = lapsed(server, clock, "/account/email");
            Answer led = browser.send("/account/email", Map.of("email", NEW));
            assertThat(led.status()).isEqualTo(303);
            assertThat(led.header("Location"))
                    .startsWith("/account/confirm?return_to=%2Faccount%2Femail%3Fkept%3D")
                    .doesNotContain("new.example");
            assertThat(led.cookies()).noneMatch(cookie -> cookie.contains("kept"));
            browser.follow();
            assertThat(browser.send("/account/confirm", Map.of("password", "wrong"))
                            .status())
                    .isEqualTo(401);
            browser.send("/account/confirm", Map.of("password", Person.PASSWORD));
            assertThat(browser.follow().body()).contains(FILLED);
            assertThat(browser.send("/account/email", Map.of("email", NEW)).header("Location"))
                    .isEqualTo("/account?done=email");
        }
    }

    @BothEngines
    @DisplayName("S4-06 what was typed is shown once, of many at once to one, and not after a quarter of an hour")
    void once(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "limits.enabled", "false")) {
            Person.registered(server, EMAIL);
            Browser browser = lapsed(server, clock, "/account/email");
            String back = proved(browser, browser.send("/account/email", Map.of("email", NEW)));
            List<Boolean> shown =
                    Race.of(50, () -> browser.client().get(back).body().contains(FILLED));
            assertThat(shown).filteredOn(Boolean::booleanValue).hasSize(1);
            assertThat(browser.open(back).body()).contains("id=\"email\"").doesNotContain(FILLED);

            clock.advance(Duration.ofMinutes(16));
            Answer led = browser.send("/account/email", Map.of("email", NEW));
            clock.advance(Duration.ofMinutes(15));
            assertThat(browser.open(proved(browser, led)).body())
                    .contains("id=\"email\"")
                    .doesNotContain(FILLED);
        }
    }

    @BothEngines
    @DisplayName(
            "S4-06 nobody else gets what was typed: no other user, place or browser of the same user without the handle")
    void nobodyElse(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person.registered(server, EMAIL);
            Person.registered(server, "eve@example.com");
            Browser browser = lapsed(server, clock, "/account/email");
            String back = proved(browser, browser.send("/account/email", Map.of("email", NEW)));
            String handle = back.substring(back.indexOf("kept=") + 5);
            assertThat(Browser.signedIn(server, "eve@example.com").open(back).body())
                    .contains("id=\"email\"")
                    .doesNotContain(NEW);
            assertThat(browser.open("/account/passkey?kept=" + handle).body()).doesNotContain(NEW);
            Browser other = Browser.signedIn(server, EMAIL);
            assertThat(other.open("/account/email").body()).doesNotContain(NEW);
            assertThat(other.open("/account/email?kept=x" + handle).body()).doesNotContain(NEW);
            List<String> stored = database.database()
                    .read(sql -> sql.handle()
                            .createQuery("SELECT value FROM ephemeral WHERE kind = 'kept-form'")
                            .mapTo(String.class)
                            .list());
            // A server on SQLite has it in its memory.
            assertThat(stored).hasSize(database.engine() == Engine.POSTGRESQL ? 1 : 0);
            assertThat(stored).noneMatch(value -> value.contains("new.example"));
            assertThat(browser.open(back).body()).contains(FILLED);
        }
    }

    @BothEngines
    @DisplayName("S4-06 the name of a passkey comes back, its answer does not; a form of another site leaves nothing")
    void onlyWhatIsNamed(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person.registered(server, EMAIL);
            Browser browser = lapsed(server, clock, "/account/passkey");
            Answer led = browser.send(
                    "/account/passkey",
                    Map.of("name", "Key <1>", "clientDataJSON", "c2VjcmV0", "password", "never kept"));
            assertThat(browser.open(proved(browser, led)).body())
                    .contains("value=\"Key &lt;1>\"")
                    .doesNotContain("c2VjcmV0", "never kept");

            clock.advance(Duration.ofMinutes(16));
            Answer foreign = browser.client()
                    .with("Origin", "https://evil.example")
                    .form("/account/email", Map.of("email", "eve@evil.example"));
            assertThat(foreign.status()).isEqualTo(403);
            Answer tooLong = browser.send("/account/email", Map.of("email", "x".repeat(5_000)));
            assertThat(tooLong.header("Location")).isEqualTo("/account/confirm?return_to=%2Faccount%2Femail");
        }
    }

    @BothEngines
    @DisplayName("S4-06 another name for a factor comes back to the form of that factor")
    void ofOneFactor(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            TwoFactors ada = TwoFactors.of(Person.registered(server, EMAIL), clock);
            Browser browser = new Browser(server);
            browser.open("/login");
            browser.send("/login", Map.of("email", EMAIL, "password", Person.PASSWORD));
            browser.follow();
            clock.advance(Duration.ofMinutes(1));
            browser.send("/mfa", Map.of("code", ada.app().code()));
            Matcher link = RENAME.matcher(browser.open("/account/security").body());
            assertThat(link.find()).isTrue();
            browser.open(link.group(1));
            clock.advance(Duration.ofMinutes(16));
            Answer led = browser.send(link.group(1), Map.of("name", "Old phone"));
            browser.open(led.header("Location"));
            String back = browser.send(
                            "/account/confirm", Map.of("code", ada.app().code()))
                    .header("Location");
            assertThat(browser.open(back).body()).contains("value=\"Old phone\"");
            assertThat(browser.send(link.group(1), Map.of("name", "Old phone")).header("Location"))
                    .isEqualTo("/account/security?done=renamed");
        }
    }

    /** The form is open, and the login was a while ago. */
    private static Browser lapsed(TestServer server, MutableClock clock, String path) {
        Browser browser = Browser.signedIn(server, EMAIL);
        browser.open(path);
        clock.advance(Duration.ofMinutes(16));
        return browser;
    }

    /** Where the step-up leads that the answer asks for; nothing is opened there yet. */
    private static String proved(Browser browser, Answer led) {
        String location = led.header("Location");
        browser.open(location);
        String back = browser.send("/account/confirm", Map.of("password", Person.PASSWORD))
                .header("Location");
        assertThat(location).endsWith(back.substring(back.indexOf("kept=") < 0 ? 0 : back.indexOf("kept=") + 5));
        return URLDecoder.decode(back, StandardCharsets.UTF_8);
    }
}
