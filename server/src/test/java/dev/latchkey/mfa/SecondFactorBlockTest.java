package dev.latchkey.mfa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.AuthenticatorApp;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.passkey.RequestOptions;
import dev.latchkey.passkey.SoftwareAuthenticator;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

/** A hundred wrong codes in a row as a second factor, and what lets its owner in again. */
class SecondFactorBlockTest {
    private static final String VERIFY = "/api/v1/mfa/verify";
    private static final String PASSKEYS = "/api/v1/passkeys";

    @BothEngines
    @DisplayName(
            "N5 the hundredth wrong code in a row blocks every code and is told by mail; a right one before starts anew")
    void blocks(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "token.access-ttl", "12h")) {
            Enrolled ada = Enrolled.of(Person.registered(server, "ada@example.com"), clock);
            guess(ada, 99, clock);
            clock.advance(Duration.ofMinutes(11));
            assertThat(byCode(ada).status()).isEqualTo(200);
            guess(ada, 99, clock);
            assertThat(server.auditNames()).doesNotContain("mfa.blocked.v1");

            guess(ada, 1, clock);

            assertThat(server.auditNames()).containsOnlyOnce("mfa.blocked.v1");
            assertThat(server.mails().subjectsTo("ada@example.com"))
                    .contains("Your second factor at Latchkey is blocked");
            clock.advance(Duration.ofDays(30));
            assertThat(byCode(ada).code()).isEqualTo("INVALID_MFA_CODE");
            assertThat(verify(ada, ada.backupCodes().getFirst()).code()).isEqualTo("INVALID_MFA_CODE");
            assertThat(server.auditReasons("login.failed.v1")).contains("second_factor_blocked");
        }
    }

    @BothEngines
    @DisplayName("N5 a passkey, by a touch after the password, is accepted still, and codes are from then on")
    void passkey(TestDatabase database, MutableClock clock) {
        try (TestServer server = quick(database, clock)) {
            Person person = Person.registered(server, "ada@example.com");
            SoftwareAuthenticator key = SoftwareAuthenticator.at("http://localhost:3001");
            PasskeyLoginTest.register(person, key);
            Enrolled ada = Enrolled.of(person, clock);
            blocked(ada, clock);
            key.withoutUserVerification();
            String handle = person.login().text("/mfaToken");
            Answer begun = server.client().post(PASSKEYS + "/authenticate/options", Map.of("mfaToken", handle));

            Answer done = PasskeyLoginTest.verify(
                    server, begun, key.get(PasskeyLoginTest.read(begun, RequestOptions.class)), handle);

            assertThat(done.status()).as(done.body()).isEqualTo(200);
            assertThat(byCode(ada).status()).isEqualTo(200);
        }
    }

    @BothEngines
    @DisplayName("N5 a passkey that knows its user signs in alone, and codes are accepted from then on")
    void passkeyAlone(TestDatabase database, MutableClock clock) {
        try (TestServer server = quick(database, clock)) {
            Person person = Person.registered(server, "ada@example.com");
            SoftwareAuthenticator key = SoftwareAuthenticator.at("http://localhost:3001");
            PasskeyLoginTest.register(person, key);
            Enrolled ada = Enrolled.of(person, clock);
            blocked(ada, clock);
            Answer begun = server.client().post(PASSKEYS + "/authenticate/options", Map.of());

            Answer done = server.client()
                    .post(
                            PASSKEYS + "/authenticate/verify",
                            Map.of(
                                    "sessionId",
                                    begun.text("/sessionId"),
                                    "response",
                                    key.get(PasskeyLoginTest.read(begun, RequestOptions.class))));

            assertThat(done.status()).as(done.body()).isEqualTo(200);
            assertThat(byCode(ada).status()).isEqualTo(200);
        }
    }

    @BothEngines
    @DisplayName("N5 a factor set up in a session that proved two ends the block")
    void setUp(TestDatabase database, MutableClock clock) {
        try (TestServer server = quick(database, clock)) {
            Enrolled ada = Enrolled.of(Person.registered(server, "ada@example.com"), clock);
            blocked(ada, clock);

            Answer setup = ada.person().client().post("/api/v1/mfa/setup", Map.of());
            AuthenticatorApp second = new AuthenticatorApp(setup.text("/secret"), clock);
            Answer enabled = ada.person().client().post("/api/v1/mfa/enable", Map.of("code", second.code()));

            assertThat(enabled.status()).as(enabled.body()).isEqualTo(200);
            assertThat(byCode(ada).status()).isEqualTo(200);
        }
    }

    @BothEngines
    @DisplayName("N5 an administrator ends the block; the mailed link that unlocks a password's lock does not")
    void unlock(TestDatabase database, MutableClock clock) {
        try (TestServer server = quick(database, clock)) {
            Enrolled ada = Enrolled.of(Person.registered(server, "ada@example.com"), clock);
            Person admin = Person.registered(server, "admin@example.com");
            server.grant(admin.email(), "ADMIN");
            blocked(ada, clock);
            for (int i = 0; i < 5; i++) {
                ada.person().login("wrong-Harbour-42");
            }
            String link = server.mails().token("ada@example.com", "unlock-account");
            assertThat(server.client()
                            .post("/api/v1/auth/unlock", Map.of("token", link))
                            .status())
                    .isLessThan(300);
            assertThat(byCode(ada).code()).isEqualTo("INVALID_MFA_CODE");

            String path = "/api/v1/user-management/" + ada.person().id() + "/unlock";
            assertThat(admin.client().post(path).status()).isEqualTo(200);

            assertThat(byCode(ada).status()).isEqualTo(200);
        }
    }

    private static TestServer quick(TestDatabase database, MutableClock clock) {
        return PasskeyLoginTest.server(database, clock, "limits.enabled", "false");
    }

    private static void blocked(Enrolled ada, MutableClock clock) {
        String handle = ada.person().login().text("/mfaToken");
        for (int i = 0; i < 100; i++) {
            assertThat(wrong(ada, handle).code()).isEqualTo("INVALID_MFA_CODE");
        }
        clock.advance(Duration.ofMinutes(1));
        assertThat(byCode(ada).code()).isEqualTo("INVALID_MFA_CODE");
    }

    /** Ten at most in ten minutes are let through to be wrong. */
    private static void guess(Enrolled ada, int times, MutableClock clock) {
        String handle = "";
        for (int i = 0; i < times; i++) {
            if (i % 10 == 0) {
                clock.advance(Duration.ofMinutes(11));
                handle = ada.person().login().text("/mfaToken");
            }
            assertThat(wrong(ada, handle).code()).isEqualTo("INVALID_MFA_CODE");
        }
    }

    private static Answer wrong(Enrolled ada, String handle) {
        return ada.person().anonymous().post(VERIFY, Map.of("mfaToken", handle, "code", "000000"));
    }

    private static Answer byCode(Enrolled ada) {
        return verify(ada, ada.app().code());
    }

    private static Answer verify(Enrolled ada, String code) {
        String handle = ada.person().login().text("/mfaToken");
        return ada.person().anonymous().post(VERIFY, Map.of("mfaToken", handle, "code", code));
    }
}
