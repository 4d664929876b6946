package dev.latchkey.hosted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Person;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;

class TrustedBrowserPagesTest {
    private static final String EMAIL = "ada@example.com";
    private static final String SESSIONS = "/account/sessions";
    private static final Pattern FORGET = Pattern.compile("name=\"forget\" value=\"([^\"]+)\"");

    @BothEngines
    @DisplayName("S1-21 V7.5.2 browsers that skip the second step are listed where one is signed in, and forgotten")
    void forgotten(TestDatabase database, MutableClock clock) {
        try (TestServer server =
                TestServer.on(database, clock, "mfa.trusted-device", "30d", "limits.enabled", "false")) {
            TwoFactors ada = TwoFactors.of(Person.registered(server, EMAIL), clock);
            Browser laptop = trusted(server, ada, clock);
            Browser phone = trusted(server, ada, clock);
            String page = laptop.open(SESSIONS).body();
            assertThat(page).contains("id=\"trusted\"", "This browser", "Until: ");
            List<String> ids =
                    FORGET.matcher(page).results().map(found -> found.group(1)).toList();
            assertThat(ids).hasSize(3).endsWith("all");

            assertThat(laptop.send(SESSIONS, Map.of("forget", ids.getFirst())).header("Location"))
                    .isEqualTo(SESSIONS + "?done=forgotten");
            assertThat(laptop.follow().body()).contains("It is forgotten", "id=\"trusted\"");
            assertThat(laptop.send(SESSIONS, Map.of("forget", ids.getFirst())).status())
                    .isEqualTo(303);
            assertThat(asked(phone)).isTrue();
            assertThat(asked(laptop)).isFalse();

            laptop.open(SESSIONS);
            laptop.send(SESSIONS, Map.of("forget", "all"));
            assertThat(laptop.follow().body()).doesNotContain("id=\"trusted\"");
            assertThat(asked(laptop)).isTrue();
        }
    }

    @BothEngines
    @DisplayName(
            "V7.4.3 whoever signs every other device out lets none of them skip the second step; this browser still does")
    void othersSignedOut(TestDatabase database, MutableClock clock) {
        try (TestServer server =
                TestServer.on(database, clock, "mfa.trusted-device", "30d", "limits.enabled", "false")) {
            TwoFactors ada = TwoFactors.of(Person.registered(server, EMAIL), clock);
            Browser laptop = trusted(server, ada, clock);
            Browser phone = trusted(server, ada, clock);
            laptop.open(SESSIONS);
            laptop.send(SESSIONS, Map.of("others", "true"));
            assertThat(laptop.follow().body()).contains("This browser");
            assertThat(phone.signedIn()).isFalse();
            phone.open("/login");
            phone.send("/login", Map.of("email", EMAIL, "password", Person.PASSWORD));
            assertThat(phone.page().header("Location")).isEqualTo("/mfa");
            assertThat(asked(laptop)).isFalse();
        }
    }

    private static Browser trusted(TestServer server, TwoFactors ada, MutableClock clock) {
        clock.advance(Duration.ofMinutes(1));
        Browser browser = new Browser(server);
        browser.open("/login");
        browser.send("/login", Map.of("email", EMAIL, "password", Person.PASSWORD));
        browser.follow();
        browser.send("/mfa", Map.of("code", ada.app().code(), "trust", "true"));
        assertThat(browser.signedIn()).isTrue();
        return browser;
    }

    /** Signs out and in again. */
    private static boolean asked(Browser browser) {
        browser.open("/logout");
        browser.send("/logout", Map.of());
        browser.open("/login");
        browser.send("/login", Map.of("email", EMAIL, "password", Person.PASSWORD));
        return browser.page().header("Location").startsWith("/mfa");
    }
}
