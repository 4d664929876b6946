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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

class OwnPasskeyPagesTest {
    private static final String ORIGIN = "http://localhost:3001";
    private static final String EMAIL = "ada@example.com";
    private static final String ADD = "/account/passkey";
    private static final String CONFIRM = "/account/confirm/passkey";
    private static final String ENROL = "/mfa/enrolment/passkey";

    @BothEngines
    @DisplayName("V7.5.1 a passkey is added on the account's page, shortly after a proof; a passkey is such a proof")
    void addedAndConfirming(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "server.public-url", ORIGIN)) {
            Person.registered(server, EMAIL);
            SoftwareAuthenticator key = SoftwareAuthenticator.at(ORIGIN);
            Browser browser = Browser.signedIn(server, EMAIL);
            assertThat(browser.open(ADD).body()).contains("action=\"" + ADD + "\" hidden", "data-kind=\"create\"");

            Answer nothing = browser.send(ADD, Map.of("name", "Laptop"));
            assertThat(nothing.status()).isEqualTo(422);
            assertThat(nothing.body()).contains("The passkey was not registered.", "value=\"Laptop\"");
            Map<String, String> fields = PasskeyFields.attestation(browser, ADD, key);
            fields.put("name", "Laptop");
            Answer added = browser.send(ADD, fields);
            assertThat(added.status()).as(added.body()).isEqualTo(200);
            assertThat(added.body()).contains("id=\"backup-codes\"", "href=\"/account/security?done=passkey_added\"");
            assertThat(browser.client().get("/api/v1/passkeys").data("/0/name").asString())
                    .isEqualTo("Laptop");
            browser.open(ADD + "?lang=es");
            SoftwareAuthenticator second = SoftwareAuthenticator.at(ORIGIN);
            assertThat(browser.send(ADD, PasskeyFields.attestation(browser, ADD, second))
                            .header("Location"))
                    .isEqualTo("/account/security?done=passkey_added");
            assertThat(browser.follow().body()).contains("<strong>Llave de acceso</strong>");
            browser.open(ADD + "?lang=en");

            clock.advance(Duration.ofMinutes(16));
            assertThat(browser.open(ADD).header("Location"))
                    .isEqualTo("/account/confirm?return_to=%2Faccount%2Fpasskey");
            browser.follow();
            assertThat(browser.open("/account/confirm?with=passkey&return_to=" + ADD)
                            .body())
                    .contains("action=\"" + CONFIRM + "\"");
            assertThat(browser.send(CONFIRM, Map.of()).body()).contains("The passkey was not accepted.");
            Answer confirmed = browser.send(CONFIRM, PasskeyFields.assertion(browser, CONFIRM, key));
            assertThat(confirmed.header("Location")).as(confirmed.body()).isEqualTo(ADD);
            assertThat(browser.open(ADD).status()).isEqualTo(200);
            assertThat(server.auditNames()).contains("mfa.factor-added.v1");
        }
    }

    @BothEngines
    @DisplayName(
            "the passkey of a step-up counts in the session that asked; without the page's token nothing is asked or added")
    void bound(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "server.public-url", ORIGIN)) {
            Person.registered(server, EMAIL);
            SoftwareAuthenticator key = SoftwareAuthenticator.at(ORIGIN);
            Browser browser = Browser.signedIn(server, EMAIL);
            browser.open(ADD);
            browser.send(ADD, PasskeyFields.attestation(browser, ADD, key));
            Browser other = Browser.signedIn(server, EMAIL);
            other.open("/account/confirm?with=passkey");
            browser.open("/account/confirm?with=passkey");

            Answer elsewhere = browser.send(CONFIRM, PasskeyFields.assertion(other, CONFIRM, key));
            assertThat(elsewhere.status()).isEqualTo(401);
            for (String path : new String[] {ADD, ADD + "/options", CONFIRM, CONFIRM + "/options"}) {
                assertThat(browser.post(path, Map.of()).status()).as(path).isEqualTo(403);
            }
        }
    }

    @BothEngines
    @DisplayName(
            "S1-20 a login that must have a second factor takes a new passkey for it, and no second one beside a factor")
    void enrolled(TestDatabase database, MutableClock clock) {
        try (TestServer server =
                TestServer.on(database, clock, "server.public-url", ORIGIN, "mfa.required-roles", "USER")) {
            Person.registered(server, EMAIL);
            SoftwareAuthenticator key = SoftwareAuthenticator.at(ORIGIN);
            Browser browser = mustEnrol(server);
            Browser late = mustEnrol(server);
            assertThat(browser.page().body()).contains("action=\"" + ENROL + "\" hidden");
            Map<String, String> tooLate = PasskeyFields.attestation(late, ENROL, SoftwareAuthenticator.at(ORIGIN));

            assertThat(browser.send(ENROL, Map.of()).status()).isEqualTo(422);
            Answer done = browser.send(ENROL, PasskeyFields.attestation(browser, ENROL, key));
            assertThat(done.status()).as(done.body()).isEqualTo(200);
            assertThat(done.body()).contains("id=\"backup-codes\"", "id=\"onward\"");
            assertThat(browser.signedIn()).isTrue();
            String code = SecurityPagesTest.codes(done.body()).getFirst();

            assertThat(late.send(ENROL, tooLate).header("Location")).isEqualTo("/mfa");
            assertThat(late.signedIn()).isFalse();
            Browser again = new Browser(server);
            again.open("/login");
            again.send("/login", Map.of("email", EMAIL, "password", Person.PASSWORD));
            assertThat(again.follow().body()).contains("action=\"/mfa/passkey\"");
            again.open("/mfa?with=backup-code");
            again.send("/mfa", Map.of("code", code));
            assertThat(again.signedIn()).isTrue();
        }
    }

    @BothEngines
    @DisplayName(
            "S1-41 backup codes come with the account's first factor, stand in for a lost passkey, and go with the last")
    void backupCodes(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "server.public-url", ORIGIN)) {
            Person ada = Person.registered(server, EMAIL);
            SoftwareAuthenticator key = SoftwareAuthenticator.at(ORIGIN);
            List<String> codes = PasskeyPagesTest.register(ada, key).texts("/backupCodes");
            assertThat(codes).hasSize(10);
            String id = ada.client().get("/api/v1/passkeys").text("/0/id");
            assertThat(ada.client().get("/api/v1/passkeys").body()).doesNotContain("backupCodes");
            TwoFactors app = TwoFactors.of(ada, clock);
            assertThat(app.backupCodes()).isEmpty();

            clock.advance(Duration.ofSeconds(60));
            Map<String, String> code = Map.of("code", app.app().code());
            assertThat(ada.client().post("/api/v1/mfa/disable", code).status()).isEqualTo(200);
            assertThat(left(ada)).isEqualTo(10);

            Person lost = ada.loggedIn();
            assertThat(lost.client().delete("/api/v1/passkeys/" + id).code()).isEqualTo("REAUTHENTICATION_REQUIRED");
            Person raised =
                    lost.with(lost.client().post("/api/v1/auth/reauthenticate", Map.of("code", codes.getFirst())));
            assertThat(raised.client()
                            .post("/api/v1/mfa/backup-codes", Map.of())
                            .texts("/backupCodes"))
                    .hasSize(10);
            assertThat(raised.client().delete("/api/v1/passkeys/" + id).status())
                    .isEqualTo(204);
            assertThat(left(raised)).isZero();
            assertThat(raised.client()
                            .post("/api/v1/mfa/backup-codes", Map.of())
                            .code())
                    .isEqualTo("CONFLICT");
        }
    }

    private static int left(Person person) {
        return person.client()
                .get("/api/v1/mfa/status")
                .data("/backupCodesLeft")
                .asInt();
    }

    private static Browser mustEnrol(TestServer server) {
        Browser browser = new Browser(server);
        browser.open("/login");
        browser.send("/login", Map.of("email", EMAIL, "password", Person.PASSWORD));
        assertThat(browser.page().header("Location")).isEqualTo("/mfa/enrolment");
        browser.follow();
        return browser;
    }
}
