package dev.latchkey.hosted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.passkey.SoftwareAuthenticator;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

class LostFactorPagesTest {
    private static final String EMAIL = "ada@example.com";
    private static final String ORIGIN = "http://localhost:3001";
    private static final String LOST = "/account/confirm/lost";
    private static final String API = "/api/v1/mfa/recovery/signed-in";

    @BothEngines
    @DisplayName("S1-21 who lost the only passkey and the codes begins a recovery while signed in, by the password")
    void passkeyLost(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "server.public-url", ORIGIN)) {
            Person ada = Person.registered(server, EMAIL);
            PasskeyPagesTest.register(ada, SoftwareAuthenticator.at(ORIGIN));
            Browser browser = Browser.signedIn(server, EMAIL);
            assertThat(browser.open("/account/email").status()).isEqualTo(303);
            assertThat(browser.follow().body()).contains("href=\"" + LOST + "?return_to=%2Faccount%2Femail\"");
            browser.open(LOST);
            assertThat(browser.send(LOST, Map.of("password", "")).status()).isEqualTo(422);
            assertThat(browser.send(LOST, Map.of("password", "wrong")).status()).isEqualTo(401);
            Answer begun = browser.send(LOST, Map.of("password", Person.PASSWORD));
            assertThat(begun.status()).as(begun.body()).isEqualTo(200);
            assertThat(begun.body()).contains("We have sent you a mail", "href=\"/account\"");
            assertThat(ada.client().get("/api/v1/passkeys").data("")).hasSize(1);

            clock.advance(Duration.ofDays(2));
            String link = server.mails().token(EMAIL, "recovery");
            assertThat(server.client()
                            .post("/api/v1/mfa/recovery/complete", Map.of("token", link))
                            .status())
                    .isEqualTo(204);
            assertThat(browser.signedIn()).isFalse();
            Browser again = Browser.signedIn(server, EMAIL);
            assertThat(again.open("/account/email").status()).isEqualTo(200);
        }
    }

    @BothEngines
    @DisplayName("S1-21 a recovery begun in a session ends when a factor is proved; without a factor nothing is lost")
    void proved(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "server.public-url", ORIGIN)) {
            Person ada = Person.registered(server, EMAIL);
            Map<String, String> password = Map.of("password", Person.PASSWORD);
            assertThat(ada.client().post(API, password).code()).isEqualTo("NOT_FOUND");
            SoftwareAuthenticator key = SoftwareAuthenticator.at(ORIGIN);
            PasskeyPagesTest.register(ada, key);
            Person thief = ada.loggedIn();
            assertThat(thief.client().post(API, Map.of("password", "wrong")).code())
                    .isEqualTo("INVALID_CREDENTIALS");
            assertThat(thief.client().post(API, password).status()).isEqualTo(202);

            PasskeyPagesTest.reauthenticated(ada, key);
            clock.advance(Duration.ofDays(2));
            assertThat(server.auditNames()).contains("mfa.recovery-requested.v1", "mfa.recovery-cancelled.v1");
            assertThat(server.mails().subjectsTo(EMAIL)).isNotEmpty();
        }
    }
}
