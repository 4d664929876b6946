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
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

class FactorOfferPagesTest {
    private static final String EMAIL = "ada@example.com";
    private static final String ORIGIN = "http://localhost:3001";
    private static final String FRONT = "https://shop.example/basket?id=1";
    private static final String OFFER = "/account/second-factor";
    private static final String OFFER_THEN_FRONT = OFFER + "?return_to=https%3A%2F%2Fshop.example%2Fbasket%3Fid%3D1";

    @BothEngines
    @DisplayName(
            "S3-15 who has one factor is offered another after the login; \"not now\" goes on and is kept for a month")
    void declined(TestDatabase database, MutableClock clock) {
        try (TestServer server = offering(database, clock)) {
            Person.registered(server, EMAIL);
            Browser browser = signIn(server);
            assertThat(browser.page().header("Location")).isEqualTo(OFFER_THEN_FRONT);
            assertThat(browser.follow().body()).contains("id=\"offer-passkey\"", "id=\"offer-app\"", "id=\"later\"");
            assertThat(browser.send(OFFER, Map.of()).header("Location")).isEqualTo(FRONT);

            assertThat(signIn(server).page().header("Location")).isEqualTo(FRONT);
            clock.advance(Duration.ofDays(29));
            assertThat(signIn(server).page().header("Location")).isEqualTo(FRONT);
            clock.advance(Duration.ofDays(2));
            Browser again = signIn(server);
            assertThat(again.page().header("Location")).isEqualTo(OFFER_THEN_FRONT);
            // Whoever just goes elsewhere is signed in.
            assertThat(again.open("/account").status()).isEqualTo(200);
            assertThat(again.post(OFFER, Map.of()).status())
                    .as("without the page's token")
                    .isEqualTo(403);
            again.open(OFFER + "?return_to=https%3A%2F%2Fevil.example");
            assertThat(again.send(OFFER, Map.of()).header("Location")).isEqualTo("/account");
        }
    }

    @BothEngines
    @DisplayName(
            "S3-15 an app set up from the offer shows its backup codes and leads on; then nothing is offered any more")
    void app(TestDatabase database, MutableClock clock) {
        try (TestServer server = offering(database, clock)) {
            Person.registered(server, EMAIL);
            Browser browser = signIn(server);
            String offer = browser.follow().body();
            assertThat(offer).contains("href=\"/account/authenticator?return_to=");
            Answer form = browser.open("/account/authenticator?return_to="
                    + FRONT.replace("?", "%3F").replace("=", "%3D"));
            assertThat(form.body()).contains("id=\"back\" href=\"/account/second-factor?return_to=");
            AuthenticatorApp app = new AuthenticatorApp(TwoFactors.secret(form.body()), clock);
            assertThat(browser.send("/account/authenticator", Map.of("code", "000000"))
                            .body())
                    .contains("name=\"return_to\" value=\"https://shop.example");
            Answer done = browser.send("/account/authenticator", Map.of("code", app.code()));
            assertThat(done.body()).contains("id=\"backup-codes\"", "href=\"https://shop.example/basket?id=1\"");
            assertThat(browser.open(OFFER_THEN_FRONT).header("Location")).isEqualTo(FRONT);
        }
    }

    @BothEngines
    @DisplayName(
            "S3-15 a passkey set up from the offer leads on; whoever has one is offered nothing, by the API neither")
    void passkey(TestDatabase database, MutableClock clock) {
        try (TestServer server = offering(database, clock)) {
            Person ada = Person.registered(server, EMAIL);
            assertThat(ada.login().data("/offersMFAEnrolment").asBoolean()).isTrue();
            SoftwareAuthenticator key = SoftwareAuthenticator.at(ORIGIN);
            Browser browser = signIn(server);
            String add = "/account/passkey";
            browser.open(add + "?return_to=/account/history");
            Answer done = browser.send(add, PasskeyFields.attestation(browser, add, key));
            assertThat(done.body()).contains("id=\"backup-codes\"", "href=\"/account/history\"");

            assertThat(ada.login().body()).doesNotContain("offersMFAEnrolment");
            assertThat(signIn(server).page().header("Location")).isEqualTo(FRONT);
        }
    }

    @BothEngines
    @DisplayName(
            "S3-15 who has just signed up on the page is offered a second factor too, and goes on where they wanted to")
    void signUp(TestDatabase database, MutableClock clock) {
        try (TestServer server = offering(database, clock)) {
            Browser browser = new Browser(server);
            browser.open("/signup?return_to=" + FRONT.replace("?", "%3F").replace("=", "%3D"));
            Answer made = browser.send("/signup", Map.of("email", EMAIL, "password", Person.PASSWORD));
            assertThat(made.header("Location")).as(made.body()).isEqualTo(OFFER_THEN_FRONT);
            assertThat(browser.follow().body()).contains("id=\"offer-passkey\"", "id=\"later\"");
            assertThat(browser.send(OFFER, Map.of()).header("Location")).isEqualTo(FRONT);
            assertThat(signIn(server).page().header("Location")).isEqualTo(FRONT);
        }
    }

    @BothEngines
    @DisplayName("S3-15 nothing is offered unless the operator wants it; without passkeys at the address only an app")
    void off(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person.registered(server, EMAIL);
            Browser browser = new Browser(server);
            browser.open("/login");
            browser.send("/login", Map.of("email", EMAIL, "password", Person.PASSWORD));
            assertThat(browser.page().header("Location")).isEqualTo("/account");
        }
        try (TestServer server =
                TestServer.on(database, clock, "mfa.offered", "true", "server.public-url", "http://127.0.0.1:3001")) {
            Browser browser = new Browser(server);
            browser.open("/login");
            browser.send("/login", Map.of("email", EMAIL, "password", Person.PASSWORD));
            assertThat(browser.follow().body()).contains("id=\"offer-app\"").doesNotContain("id=\"offer-passkey\"");
        }
    }

    private static TestServer offering(TestDatabase database, MutableClock clock) {
        return TestServer.on(
                database,
                clock,
                "mfa.offered",
                "true",
                "server.public-url",
                ORIGIN,
                "server.cors-origins",
                "https://shop.example",
                "limits.enabled",
                "false");
    }

    private static Browser signIn(TestServer server) {
        Browser browser = new Browser(server);
        browser.open("/login?return_to=" + FRONT.replace("?", "%3F").replace("=", "%3D"));
        browser.send("/login", Map.of("email", EMAIL, "password", Person.PASSWORD));
        return browser;
    }
}
