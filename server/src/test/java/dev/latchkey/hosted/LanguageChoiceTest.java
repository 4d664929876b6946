package dev.latchkey.hosted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

class LanguageChoiceTest {
    private static final String EMAIL = "ada@example.com";

    @BothEngines
    @DisplayName("a page is in the language asked for, else chosen before, else the browser's, else the server's first")
    void order(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "app.languages", "de,en,ar,fr")) {
            assertThat(server.client().get("/login").body()).contains("<html lang=\"de\" dir=\"ltr\">", "Anmelden");
            assertThat(server.client()
                            .with("Accept-Language", "nl, fr-CA;q=0.8, en;q=0.5")
                            .get("/login")
                            .body())
                    .contains("<html lang=\"fr\"");
            assertThat(server.client()
                            .with("Accept-Language", "ja")
                            .get("/login")
                            .body())
                    .as("not offered here")
                    .contains("<html lang=\"de\"");

            Browser browser = new Browser(server);
            Answer asked = browser.open("/login?lang=ar&return_to=/docs");
            assertThat(asked.body())
                    .contains("<html lang=\"ar\" dir=\"rtl\">", "href=\"/login?lang=fr&amp;return_to=%2Fdocs\"");
            assertThat(browser.has("latchkey_language")).isTrue();
            assertThat(browser.open("/forgot").body()).contains("<html lang=\"ar\"");
            assertThat(browser.open("/forgot?lang=xx").body())
                    .as("no such language")
                    .contains("<html lang=\"ar\"");
            assertThat(browser.open("/forgot?lang=xx&lang=de").body())
                    .as("asked twice")
                    .contains("<html lang=\"ar\"");
            assertThat(browser.open("/nowhere").body()).contains("<html lang=\"ar\"");
            assertThat(browser.open("/forgot?lang=en").body()).contains("<html lang=\"en\"");
            assertThat(browser.open("/login").body()).contains("<html lang=\"en\"");
        }
    }

    @BothEngines
    @DisplayName("refusals on pages are in the reader's language, those of the API in English")
    void refusals(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Browser browser = new Browser(server);
            browser.open("/login?lang=de");
            Answer wrong = browser.send("/login", Map.of("email", EMAIL, "password", "wrong"));
            assertThat(wrong.status()).isEqualTo(401);
            assertThat(wrong.body()).contains("E-Mail-Adresse oder Passwort ist falsch.", "href=\"/login?lang=ja\"");
            Answer weak = browser.send("/signup", Map.of("email", EMAIL, "password", "kurz"));
            assertThat(weak.body()).contains("Verwenden Sie mindestens 8 Zeichen.");
            assertThat(server.client()
                            .with("Accept-Language", "de")
                            .post("/api/v1/auth/login", Map.of("email", EMAIL, "password", "wrong"))
                            .body())
                    .contains("Invalid email or password");
        }
    }

    @BothEngines
    @DisplayName("who signs up in a language gets mails and pages in it")
    void ownLanguage(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Browser browser = new Browser(server);
            browser.open("/signup?lang=fr");
            browser.send("/signup", Map.of("email", EMAIL, "password", Person.PASSWORD));
            assertThat(server.mails().to(EMAIL).getFirst().mail().subject()).startsWith("Confirmez votre adresse");

            Browser other = new Browser(server);
            other.open("/login");
            assertThat(other.page().body()).contains("<html lang=\"en\"");
            other.send("/login", Map.of("email", EMAIL, "password", Person.PASSWORD));
            assertThat(other.open("/login").body())
                    .as("signed in, with no language chosen")
                    .contains("<html lang=\"fr\"");
        }
    }
}
