package dev.latchkey.mfa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.ApiClient;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

/** Browsers that pass for the second factor. */
class TrustedDeviceTest {
    private static final String DEVICE = "latchkey_device";
    private static final String TRUSTED = "/api/v1/mfa/trusted-devices";

    @BothEngines
    @DisplayName(
            "S1-21 a browser passes for the second factor where its user asked for that, for so long, and no other does")
    void trusted(TestDatabase database, MutableClock clock) {
        try (TestServer server = trusting(database, clock)) {
            Enrolled ada = Enrolled.of(Person.registered(server, "ada@example.com"), clock);
            String untrusted = passed(server, ada, clock, false).cookie(DEVICE);
            assertThat(asked(login(server, untrusted))).isTrue();
            String device = passed(server, ada, clock, true).cookie(DEVICE);

            Answer again = login(server, device);

            assertThat(again.status()).as(again.body()).isEqualTo(200);
            assertThat(asked(again)).isFalse();
            assertThat(Tokens.claims(again.text("/access_token"))).contains("\"acr\":\"1\"", "\"amr\":[\"pwd\"]");
            assertThat(asked(ada.person().login())).as("another browser").isTrue();
            // It passes at login; it does not change what protects the account.
            assertThat(ada.person()
                            .with(again)
                            .client()
                            .post("/api/v1/mfa/backup-codes", Map.of())
                            .code())
                    .isEqualTo("REAUTHENTICATION_REQUIRED");
            Person eve = Person.registered(server, "eve@example.com");
            Enrolled.of(eve, clock);
            assertThat(asked(server.client()
                            .with("Cookie", DEVICE + "=" + device)
                            .post("/api/v1/auth/login", Map.of("email", eve.email(), "password", Person.PASSWORD))))
                    .as("another account")
                    .isTrue();
            clock.advance(Duration.ofDays(30));
            assertThat(asked(login(server, device))).as("too long ago").isTrue();
        }
    }

    @BothEngines
    @DisplayName("S1-21 signing out everywhere, a new password and the setting switched off end what browsers pass for")
    void ended(TestDatabase database, MutableClock clock) {
        String device;
        try (TestServer server = trusting(database, clock)) {
            Enrolled ada = Enrolled.of(Person.registered(server, "ada@example.com"), clock);
            Answer passed = passed(server, ada, clock, true);
            ada.person().with(passed).client().post("/api/v1/auth/logout?all=true", Map.of());
            assertThat(asked(login(server, passed.cookie(DEVICE)))).isTrue();

            Answer once = passed(server, ada, clock, true);
            Answer changed = ada.person()
                    .with(once)
                    .client()
                    .post(
                            "/api/v1/auth/change-password",
                            Map.of("currentPassword", Person.PASSWORD, "newPassword", "lamp-Meadow-77-oboe"));
            assertThat(changed.status()).as(changed.body()).isEqualTo(200);
            Answer after = client(server, once.cookie(DEVICE))
                    .post("/api/v1/auth/login", Map.of("email", "ada@example.com", "password", "lamp-Meadow-77-oboe"));
            assertThat(asked(after)).isTrue();

            device = passed(
                            server,
                            new Enrolled(
                                    ada.person().withPassword("lamp-Meadow-77-oboe"), ada.app(), ada.backupCodes()),
                            clock,
                            true)
                    .cookie(DEVICE);
        }
        try (TestServer server = TestServer.on(database, clock, "limits.enabled", "false")) {
            Answer login = client(server, device)
                    .post("/api/v1/auth/login", Map.of("email", "ada@example.com", "password", "lamp-Meadow-77-oboe"));
            assertThat(asked(login)).isTrue();
        }
    }

    @BothEngines
    @DisplayName("S1-21 a factor that is removed takes the browsers with it that pass for the second factor")
    void factorRemoved(TestDatabase database, MutableClock clock) {
        try (TestServer server = trusting(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            Enrolled first = Enrolled.of(ada, clock);
            Enrolled.of(ada, clock);
            Answer passed = passed(server, first, clock, true);
            assertThat(asked(login(server, passed.cookie(DEVICE)))).isFalse();
            ApiClient client = ada.with(passed).client();
            String device = client.get("/api/v1/mfa/devices").text("/0/id");

            assertThat(client.delete("/api/v1/mfa/devices/" + device).status()).isEqualTo(204);

            assertThat(asked(login(server, passed.cookie(DEVICE)))).isTrue();
        }
    }

    @BothEngines
    @DisplayName("S1-21 V7.5.2 browsers that pass are listed for their user alone; one is forgotten, then all")
    void listed(TestDatabase database, MutableClock clock) {
        try (TestServer server = trusting(database, clock)) {
            Enrolled ada = Enrolled.of(Person.registered(server, "ada@example.com"), clock);
            String first = passed(server, ada, clock, true).cookie(DEVICE);
            String second = passed(server, ada, clock, true).cookie(DEVICE);
            passed(server, ada, clock, false);
            Answer list =
                    ada.person().client().with("Cookie", DEVICE + "=" + first).get(TRUSTED);
            assertThat(list.data("")).hasSize(2);
            assertThat(list.text("/1/until"))
                    .isEqualTo(clock.instant()
                            .minusSeconds(120)
                            .plus(Duration.ofDays(30))
                            .toString());
            assertThat(list.data("/0/current").asBoolean()).isFalse();
            assertThat(list.data("/1/current").asBoolean()).isTrue();
            assertThat(list.body()).doesNotContain(first, second);

            Person eve = Person.registered(server, "eve@example.com");
            assertThat(eve.client().get(TRUSTED).data("")).isEmpty();
            String id = list.text("/1/id");
            assertThat(eve.client().delete(TRUSTED + "/" + id).status()).isEqualTo(404);
            assertThat(ada.person().client().delete(TRUSTED + "/" + id).status())
                    .isEqualTo(204);
            assertThat(ada.person().client().delete(TRUSTED + "/" + id).status())
                    .isEqualTo(404);
            assertThat(asked(login(server, first))).isTrue();
            assertThat(asked(login(server, second))).isFalse();

            assertThat(ada.person().client().delete(TRUSTED).status()).isEqualTo(204);
            assertThat(asked(login(server, second))).isTrue();
            assertThat(ada.person().client().get(TRUSTED).data("")).isEmpty();
            assertThat(server.auditNames()).contains("mfa.device-trusted.v1", "mfa.device-forgotten.v1");
        }
    }

    @BothEngines
    @DisplayName("S1-21 a shorter time in the configuration shortens what was promised; a longer one lengthens nothing")
    void shortened(TestDatabase database, MutableClock clock) {
        String device;
        Enrolled ada;
        try (TestServer server = trusting(database, clock)) {
            ada = Enrolled.of(Person.registered(server, "ada@example.com"), clock);
            device = passed(server, ada, clock, true).cookie(DEVICE);
        }
        clock.advance(Duration.ofDays(2));
        try (TestServer server = trusting(database, clock, "3d")) {
            assertThat(asked(login(server, device))).isFalse();
            Person here = ada.person().at(server).with(login(server, device));
            Answer list = here.client().get(TRUSTED);
            assertThat(list.text("/0/until"))
                    .isEqualTo(clock.instant().plus(Duration.ofDays(1)).toString());
            clock.advance(Duration.ofDays(1));
            assertThat(asked(login(server, device))).isTrue();
        }
        try (TestServer server = trusting(database, clock, "90d")) {
            assertThat(asked(login(server, device))).isFalse();
            clock.advance(Duration.ofDays(27));
            assertThat(asked(login(server, device))).isTrue();
        }
    }

    @BothEngines
    @DisplayName("S3-15 where it is offered, a login without a second factor is told so, until there is one")
    void offered(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            assertThat(Person.registered(server, "ada@example.com").login().body())
                    .doesNotContain("offersMFAEnrolment");
        }
        try (TestServer server = TestServer.on(database, clock, "mfa.offered", "true")) {
            Person bob = Person.registered(server, "bob@example.com");
            assertThat(bob.login().data("/offersMFAEnrolment").asBoolean()).isTrue();
            Enrolled enrolled = Enrolled.of(bob, clock);
            Answer challenged = bob.login();
            assertThat(challenged.body()).doesNotContain("offersMFAEnrolment");
            clock.advance(Duration.ofSeconds(60));
            Map<String, String> body = Map.of(
                    "mfaToken",
                    challenged.text("/mfaToken"),
                    "code",
                    enrolled.app().code());
            assertThat(server.client().post("/api/v1/mfa/verify", body).body()).doesNotContain("offersMFAEnrolment");
        }
    }

    private static TestServer trusting(TestDatabase database, MutableClock clock) {
        return trusting(database, clock, "30d");
    }

    private static TestServer trusting(TestDatabase database, MutableClock clock, String lifetime) {
        return TestServer.on(database, clock, "mfa.trusted-device", lifetime, "limits.enabled", "false");
    }

    /** A login with both factors, from a browser not seen before. */
    private static Answer passed(TestServer server, Enrolled ada, MutableClock clock, boolean trust) {
        clock.advance(Duration.ofSeconds(60));
        String handle = ada.person().login().text("/mfaToken");
        Answer done = server.client()
                .post(
                        "/api/v1/mfa/verify",
                        Map.of("mfaToken", handle, "code", ada.app().code(), "trustDevice", trust));
        assertThat(done.status()).as(done.body()).isEqualTo(200);
        return done;
    }

    private static Answer login(TestServer server, String device) {
        return client(server, device)
                .post("/api/v1/auth/login", Map.of("email", "ada@example.com", "password", Person.PASSWORD));
    }

    private static ApiClient client(TestServer server, String device) {
        return server.client().with("Cookie", DEVICE + "=" + device);
    }

    private static boolean asked(Answer login) {
        return login.data("/requiresMFA").asBoolean(false);
    }
}
