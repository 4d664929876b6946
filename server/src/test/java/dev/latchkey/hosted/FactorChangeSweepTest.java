package dev.latchkey.hosted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.ApiClient;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.http.Access;
import dev.latchkey.http.ErrorShape;
import dev.latchkey.http.Method;
import dev.latchkey.http.Route;
import dev.latchkey.passkey.SoftwareAuthenticator;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import tools.jackson.databind.json.JsonMapper;

/** Tries every route of the server at an account's factors. */
class FactorChangeSweepTest {
    private static final String EMAIL = "ada@example.com";
    private static final String ORIGIN = "http://localhost:3001";
    private static final String NUMBER = "+4930123456";
    private static final Pattern ABOUT_FACTORS = Pattern.compile("mfa|passkey|authenticator|backup|two-step|sms|phone");

    /** What takes a proof in the request itself, or adds and removes nothing. */
    private static final Set<String> PROVED_OTHERWISE = Set.of(
            "POST /api/v1/mfa/disable",
            "POST /account/two-step/off",
            "POST /api/v1/mfa/sms/step-up",
            "POST /api/v1/mfa/recovery/signed-in",
            "DELETE /api/v1/mfa/trusted-devices",
            "DELETE /api/v1/mfa/trusted-devices/{id}",
            "POST /api/v1/passkeys/reauthenticate/options",
            "POST /api/v1/passkeys/reauthenticate/verify",
            "POST /account/confirm/passkey",
            "POST /account/confirm/passkey/options");

    /** A form that only a script fills in: what names no ceremony of its own is wrong before it is anybody's. */
    private static final String FILLED_IN_BY_SCRIPT = "POST /account/passkey";

    /** What a recent proof of one factor is enough for: names, and the address. */
    private static final Set<String> NO_FACTOR = Set.of(
            "PATCH /api/v1/mfa/devices/{id}",
            "PATCH /api/v1/passkeys/{id}",
            "POST /account/authenticators/{id}",
            "POST /account/passkeys/{id}",
            "POST /account/email");

    @BothEngines
    @DisplayName("V7.5.1 every route about factors asks for a recent proof, or takes one itself")
    void declared(TestDatabase database, MutableClock clock) {
        try (TestServer server = server(database, clock)) {
            List<String> open = writes(server).stream()
                    .filter(route -> ABOUT_FACTORS.matcher(route.path()).find())
                    .filter(route -> !(route.access() instanceof Access.Public))
                    .filter(route -> !(route.access() instanceof Access.Recent))
                    .map(FactorChangeSweepTest::name)
                    .filter(name -> !PROVED_OTHERWISE.contains(name))
                    .toList();
            assertThat(open).isEmpty();
        }
    }

    @BothEngines
    @DisplayName("V7.5.1 no route adds or removes a factor for a session whose last proof is too old")
    void tooOld(TestDatabase database, MutableClock clock) {
        try (TestServer server = server(database, clock)) {
            Person ada = Person.registered(server, EMAIL);
            Browser browser = Browser.signedIn(server, EMAIL);
            Map<String, String> ids = enrolled(server, ada, clock);
            clock.advance(Duration.ofMinutes(16));
            String before = factors(ada);
            for (Route route : writes(server)) {
                Answer answer = attempt(route, ada, browser, ids);
                if (route.access() instanceof Access.Recent) {
                    refused(route, answer);
                }
                assertThat(factors(ada)).as(name(route)).isEqualTo(before);
            }
        }
    }

    @BothEngines
    @DisplayName("V7.5.1 N9 a password alone, however recent, changes no factor of an account that has two")
    void oneFactor(TestDatabase database, MutableClock clock) {
        try (TestServer server = server(database, clock)) {
            Person ada = Person.registered(server, EMAIL);
            Person thief = ada.loggedIn();
            Browser browser = Browser.signedIn(server, EMAIL);
            Map<String, String> ids = enrolled(server, ada, clock);
            assertThat(thief.client()
                            .post("/api/v1/auth/reauthenticate", Map.of("password", Person.PASSWORD))
                            .code())
                    .isEqualTo("MFA_REQUIRED");
            // Recent because its login is.
            Person recent = thief;
            browser.open("/account/confirm");
            assertThat(browser.page().body()).doesNotContain("type=\"password\"");
            browser.send("/account/confirm", Map.of("with", "password", "password", Person.PASSWORD));
            String before = factors(recent);
            for (Route route : writes(server)) {
                if (route.access() instanceof Access.Recent && !NO_FACTOR.contains(name(route))) {
                    Answer answer = attempt(route, recent, browser, ids);
                    if (name(route).equals(FILLED_IN_BY_SCRIPT)) {
                        assertThat(answer.status()).isEqualTo(422);
                    } else {
                        refused(route, answer);
                    }
                    assertThat(factors(recent)).as(name(route)).isEqualTo(before);
                }
            }
            Answer refused = recent.client().delete("/api/v1/mfa/sms");
            assertThat(refused.json().at("/error/details/0/field").asString()).isEqualTo("acr");
            assertThat(refused.json().at("/error/details/0/code").asString()).isEqualTo("2");

            // Who set the factors up may go on.
            assertThat(factors(ada)).isEqualTo(before);
        }
    }

    @BothEngines
    @DisplayName("V7.5.1 N9 a password or a mailbox alone changes no factor of an account that has a passkey only")
    void passkeyOnly(TestDatabase database, MutableClock clock) {
        try (TestServer server = server(database, clock)) {
            Person ada = Person.registered(server, EMAIL);
            SoftwareAuthenticator key = SoftwareAuthenticator.at(ORIGIN);
            PasskeyPagesTest.register(ada, key);
            Map<String, String> ids = Map.of(
                    "passkeys",
                    ada.client().get("/api/v1/passkeys").text("/0/id"),
                    "",
                    "00000000-0000-7000-8000-000000000000");
            Person byPassword = ada.loggedIn();
            Person byMail = byMail(server, ada);
            Browser browser = Browser.signedIn(server, EMAIL);
            String before = factors(ada);
            List<Route> routes = writes(server).stream()
                    .filter(route -> route.access() instanceof Access.Recent)
                    .filter(route -> !NO_FACTOR.contains(name(route)))
                    // There is no app to ask about.
                    .filter(route -> !route.path().startsWith("/account/authenticators"))
                    .toList();
            for (Person thief : List.of(byPassword, byMail)) {
                for (Route route : routes) {
                    Answer answer = attempt(route, thief, browser, ids);
                    if (name(route).equals(FILLED_IN_BY_SCRIPT)) {
                        assertThat(answer.status()).isEqualTo(422);
                    } else {
                        refused(route, answer);
                    }
                    assertThat(factors(ada)).as(name(route)).isEqualTo(before);
                }
            }
            browser.open("/account/confirm");
            assertThat(browser.page().body())
                    .doesNotContain("type=\"password\"")
                    .contains("/account/confirm/passkey");

            // Who made the passkey may go on, and so may who steps up by it.
            assertThat(ada.client().post("/api/v1/mfa/setup", Map.of()).status())
                    .isEqualTo(200);
            String confirm = "/account/confirm/passkey";
            browser.send(confirm, PasskeyFields.assertion(browser, confirm, key));
            assertThat(browser.open("/account/authenticator").status()).isEqualTo(200);
            Person raised = byMail.with(PasskeyPagesTest.reauthenticated(byMail, key));
            assertThat(raised.client()
                            .delete("/api/v1/passkeys/" + ids.get("passkeys"))
                            .status())
                    .isEqualTo(204);
        }
    }

    private static Person byMail(TestServer server, Person ada) {
        // An address that nobody proved would be taken over by its first proof, and the account emptied.
        String proof = server.mails().token(EMAIL, "verify-email");
        ada.client().post("/api/v1/auth/verify-email", Map.of("token", proof));
        String handle = server.client()
                .post("/api/v1/auth/magic-link", Map.of("email", EMAIL))
                .text("/loginToken");
        Answer done = server.client()
                .post(
                        "/api/v1/auth/otp",
                        Map.of("loginToken", handle, "code", server.mails().code(EMAIL, "login/link")));
        assertThat(done.status()).as(done.body()).isEqualTo(200);
        return ada.with(done);
    }

    private static TestServer server(TestDatabase database, MutableClock clock) {
        return TestServer.on(
                database,
                clock,
                "server.public-url",
                ORIGIN,
                "mfa.sms.enabled",
                "true",
                "token.access-ttl",
                "2h",
                "limits.enabled",
                "false");
    }

    /** One of each kind; answers their ids by the collection that their paths name. */
    private static Map<String, String> enrolled(TestServer server, Person ada, MutableClock clock) {
        TwoFactors.of(ada, clock);
        PasskeyPagesTest.register(ada, SoftwareAuthenticator.at(ORIGIN));
        ada.client().post("/api/v1/mfa/sms/setup", Map.of("phoneNumber", NUMBER));
        String code = server.mails().textedCode(NUMBER);
        assertThat(ada.client()
                        .post("/api/v1/mfa/sms/enable", Map.of("code", code))
                        .status())
                .isEqualTo(200);
        Map<String, String> ids = new LinkedHashMap<>();
        ids.put("passkeys", ada.client().get("/api/v1/passkeys").text("/0/id"));
        ids.put("", ada.client().get("/api/v1/mfa/devices").text("/0/id"));
        return ids;
    }

    /** What the account has, as its owner sees it. */
    private static String factors(Person person) {
        ApiClient client = person.client();
        return client.get("/api/v1/mfa/status").data("").toString()
                + client.get("/api/v1/passkeys").data("");
    }

    /** All that changes something, but for what ends the session that tries, or takes an administrator. */
    private static List<Route> writes(TestServer server) {
        return server.app().server().routes().routes().stream()
                .filter(route -> route.method() != Method.GET)
                .filter(route -> !(route.access() instanceof Access.Role))
                .filter(route -> !(route.access() instanceof Access.Development))
                .filter(route ->
                        !route.path().contains("logout") && !route.path().contains("sessions"))
                .toList();
    }

    /** With a body that has whatever any of them asks for, nothing of it right. */
    private static Answer attempt(Route route, Person person, Browser browser, Map<String, String> ids) {
        String id = ids.get(route.path().contains("passkeys") ? "passkeys" : "");
        String path = route.path().replaceAll("\\{[a-z]+}", id);
        Map<String, String> fields = Map.of(
                "code", "000000",
                "token", "made-up",
                "mfaToken", "made-up",
                "password", "wrong-Harbour-42",
                "currentPassword", "wrong-Harbour-42",
                "newPassword", "lamp-Meadow-77-oboe",
                "name", "Mine",
                "phoneNumber", "+4930999999",
                "sessionId", "made-up",
                "email", "no address");
        if (route.shape() == ErrorShape.PAGE) {
            browser.open("/account/security");
            return browser.send(path, fields);
        }
        byte[] body = JsonMapper.shared().writeValueAsBytes(fields);
        return person.client().raw(route.method().name(), path, "application/json", body);
    }

    private static void refused(Route route, Answer answer) {
        if (route.shape() == ErrorShape.PAGE) {
            assertThat(answer.status()).as(name(route)).isEqualTo(303);
            assertThat(answer.header("Location")).as(name(route)).startsWith("/account/confirm");
            return;
        }
        // What cannot be read is refused before anything else is looked at.
        assertThat(answer.code()).as(name(route)).isIn("REAUTHENTICATION_REQUIRED", "VALIDATION_ERROR");
        assertThat(answer.status()).as(name(route)).isIn(403, 422);
    }

    private static String name(Route route) {
        return route.method() + " " + route.path();
    }
}
