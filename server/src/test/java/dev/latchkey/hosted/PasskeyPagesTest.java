package dev.latchkey.hosted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.passkey.AuthenticationResponse;
import dev.latchkey.passkey.CreationOptions;
import dev.latchkey.passkey.RegistrationResponse;
import dev.latchkey.passkey.RequestOptions;
import dev.latchkey.passkey.SoftwareAuthenticator;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import tools.jackson.databind.json.JsonMapper;

class PasskeyPagesTest {
    private static final String ORIGIN = "http://localhost:3001";
    private static final String EMAIL = "ada@example.com";

    @BothEngines
    @DisplayName(
            "S1-22 the login page's passkey signs in and leads on, once; what is not an answer is told in the form")
    void alone(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "server.public-url", ORIGIN)) {
            Person ada = Person.registered(server, EMAIL);
            SoftwareAuthenticator key = SoftwareAuthenticator.at(ORIGIN);
            register(ada, key);
            Browser browser = new Browser(server);
            assertThat(browser.open("/login").body())
                    .contains("id=\"passkey\"", "action=\"/login/passkey\" hidden", "data-autofill=\"true\"");

            Answer nothing = browser.post("/login/passkey", Map.of());
            assertThat(nothing.status()).isEqualTo(422);
            assertThat(nothing.body()).contains("<a href=\"#passkey\">The passkey was not accepted.");

            Map<String, String> fields = PasskeyFields.assertion(browser, "/login/passkey", key);
            fields.put("return_to", "/docs");
            fields.put("remember", "true");
            Answer done = browser.post("/login/passkey", fields);
            assertThat(done.status()).as(done.body()).isEqualTo(303);
            assertThat(done.header("Location")).isEqualTo("/docs");
            assertThat(done.cookies()).anyMatch(cookie -> cookie.contains("session=") && cookie.contains("Max-Age"));
            assertThat(browser.signedIn()).isTrue();
            assertThat(new Browser(server).post("/login/passkey", fields).status())
                    .isEqualTo(401);
        }
    }

    @BothEngines
    @DisplayName("S1-21 the page for a second factor takes a passkey, in the login that asked for it and no other")
    void second(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "server.public-url", ORIGIN)) {
            Person ada = Person.registered(server, EMAIL);
            SoftwareAuthenticator key = SoftwareAuthenticator.at(ORIGIN);
            register(ada, key);
            TwoFactors.of(ada, clock);
            key.withoutUserVerification();
            Browser browser = waiting(server);
            Browser other = waiting(server);
            assertThat(browser.open("/mfa?with=passkey").body()).contains("action=\"/mfa/passkey\"");

            Map<String, String> fields = PasskeyFields.assertion(browser, "/mfa/passkey", key);
            Answer elsewhere = other.post("/mfa/passkey", fields);
            assertThat(elsewhere.status()).isEqualTo(401);
            assertThat(elsewhere.body()).contains("The passkey was not accepted.", "action=\"/mfa/passkey\"");
            assertThat(other.signedIn()).isFalse();

            Answer done = browser.post("/mfa/passkey", PasskeyFields.assertion(browser, "/mfa/passkey", key));
            assertThat(done.status()).as(done.body()).isEqualTo(303);
            assertThat(browser.signedIn()).isTrue();
        }
    }

    @BothEngines
    @DisplayName(
            "without a login that waits there is no way to a second factor; passkeys are not offered at an address")
    void nothingWaits(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "server.public-url", "http://127.0.0.1:3001")) {
            Browser browser = new Browser(server);
            assertThat(browser.open("/login").body()).doesNotContain("id=\"passkey\"");
            assertThat(browser.post("/login/passkey/options", Map.of()).status())
                    .isEqualTo(404);
        }
        try (TestServer server = TestServer.on(database, clock, "server.public-url", ORIGIN)) {
            Browser browser = new Browser(server);
            assertThat(browser.post("/mfa/passkey/options", Map.of()).header("Location"))
                    .isEqualTo("/login?expired=1");
            assertThat(browser.post("/mfa/passkey", Map.of()).header("Location"))
                    .isEqualTo("/login?expired=1");
        }
    }

    private static Browser waiting(TestServer server) {
        Browser browser = new Browser(server);
        browser.open("/login");
        browser.send("/login", Map.of("email", EMAIL, "password", Person.PASSWORD));
        assertThat(browser.page().header("Location")).isEqualTo("/mfa");
        return browser;
    }

    static Answer register(Person person, SoftwareAuthenticator key) {
        Answer begun = person.client().post("/api/v1/passkeys/register/options", Map.of());
        RegistrationResponse answer =
                key.create(JsonMapper.shared().treeToValue(begun.data("/options"), CreationOptions.class));
        Answer done = person.client()
                .post(
                        "/api/v1/passkeys/register/verify",
                        Map.of("sessionId", begun.text("/sessionId"), "response", answer));
        assertThat(done.status()).as(done.body()).isEqualTo(201);
        return done;
    }

    /** A session that was raised by the passkey, through the API. */
    static Answer reauthenticated(Person person, SoftwareAuthenticator key) {
        Answer begun = person.client().post("/api/v1/passkeys/reauthenticate/options", Map.of());
        assertThat(begun.status()).as(begun.body()).isEqualTo(200);
        AuthenticationResponse answer =
                key.get(JsonMapper.shared().treeToValue(begun.data("/options"), RequestOptions.class));
        Answer done = person.client()
                .post(
                        "/api/v1/passkeys/reauthenticate/verify",
                        Map.of("sessionId", begun.text("/sessionId"), "response", answer));
        assertThat(done.status()).as(done.body()).isEqualTo(200);
        return done;
    }
}
