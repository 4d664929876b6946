package dev.latchkey.mfa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.Race;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.passkey.AuthenticationResponse;
import dev.latchkey.passkey.CreationOptions;
import dev.latchkey.passkey.RegistrationResponse;
import dev.latchkey.passkey.RequestOptions;
import dev.latchkey.passkey.SoftwareAuthenticator;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import tools.jackson.databind.json.JsonMapper;

class PasskeyLoginTest {
    private static final String ORIGIN = "http://localhost:3001";
    private static final String PASSKEYS = "/api/v1/passkeys";
    private static final String ENROLMENT = "/api/v1/mfa/enrolment/passkey";

    @BothEngines
    @DisplayName(
            "S1-22 S1-24 a passkey is registered and signs in alone, as two factors; one of 50 uses of an answer does")
    void alone(TestDatabase database, MutableClock clock) {
        try (TestServer server = server(database, clock, "limits.enabled", "false")) {
            Person ada = Person.registered(server, "ada@example.com");
            SoftwareAuthenticator key = SoftwareAuthenticator.at(ORIGIN);
            Answer registered = register(ada, key);
            assertThat(registered.text("/name")).isEqualTo("Laptop");
            Answer begun = server.client().post(PASSKEYS + "/authenticate/options", Map.of());
            assertThat(begun.text("/options/extensions/sessionId")).isEqualTo(begun.text("/sessionId"));
            AuthenticationResponse answer = key.get(read(begun, RequestOptions.class));

            List<Answer> answers = Race.of(
                    50,
                    () -> server.client()
                            .post(
                                    PASSKEYS + "/authenticate/verify",
                                    Map.of("sessionId", begun.text("/sessionId"), "response", answer)));

            assertThat(answers).filteredOn(done -> done.status() == 200).hasSize(1);
            assertThat(answers)
                    .filteredOn(done -> done.status() != 200)
                    .extracting(Answer::code)
                    .containsOnly("INVALID_PASSKEY");
            Answer done = answers.stream()
                    .filter(one -> one.status() == 200)
                    .findFirst()
                    .orElseThrow();
            assertThat(ada.with(done).me().status()).isEqualTo(200);
            assertThat(Tokens.claims(done.text("/access_token")))
                    .contains("\"acr\":\"2\"", "\"amr\":[\"mfa\",\"swk\",\"user\"]");
            assertThat(server.auditNames()).contains("mfa.factor-added.v1", "login.succeeded.v1", "login.failed.v1");
        }
    }

    @BothEngines
    @DisplayName(
            "S1-21 a passkey answers a login that asks for a second factor, a touch is enough, and only in that login")
    void second(TestDatabase database, MutableClock clock) {
        try (TestServer server = server(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            SoftwareAuthenticator key = SoftwareAuthenticator.at(ORIGIN);
            assertThat(register(ada, key).texts("/backupCodes")).hasSize(10);
            Enrolled enrolled = Enrolled.of(ada, clock);
            key.withoutUserVerification();
            Answer challenged = ada.login();
            assertThat(challenged.texts("/methods")).containsExactly("backup-code", "passkey", "totp");
            String handle = challenged.text("/mfaToken");
            Answer begun = server.client().post(PASSKEYS + "/authenticate/options", Map.of("mfaToken", handle));
            AuthenticationResponse answer = key.get(read(begun, RequestOptions.class));
            String other = ada.login().text("/mfaToken");

            assertThat(verify(server, begun, answer, other).code()).isEqualTo("INVALID_PASSKEY");
            Answer again = server.client().post(PASSKEYS + "/authenticate/options", Map.of("mfaToken", handle));
            Answer done = verify(server, again, key.get(read(again, RequestOptions.class)), handle);

            assertThat(done.status()).as(done.body()).isEqualTo(200);
            assertThat(Tokens.claims(done.text("/access_token"))).contains("\"amr\":[\"mfa\",\"pwd\",\"swk\"]");
            assertThat(enrolled.backupCodes()).isEmpty();
        }
    }

    @BothEngines
    @DisplayName(
            "S1-02 a login that must have a second factor makes a passkey, answers backup codes, and ends with it; once")
    void enrols(TestDatabase database, MutableClock clock) {
        try (TestServer server = server(database, clock, "mfa.required-roles", "ADMIN")) {
            Person ada = Person.registered(server, "ada@example.com");
            server.grant(ada.email(), "ADMIN");
            String handle = ada.login().text("/mfaToken");
            Answer begun = server.client().post(ENROLMENT + "/options", Map.of("mfaToken", handle));
            assertThat(begun.status()).as(begun.body()).isEqualTo(200);
            RegistrationResponse made = SoftwareAuthenticator.at(ORIGIN).create(read(begun, CreationOptions.class));
            Map<String, Object> answer =
                    Map.of("mfaToken", handle, "sessionId", begun.text("/sessionId"), "response", made, "name", "Key");
            String other = ada.login().text("/mfaToken");
            Map<String, Object> elsewhere = new HashMap<>(answer);
            elsewhere.put("mfaToken", other);
            assertThat(server.client().post(ENROLMENT + "/verify", elsewhere).code())
                    .isEqualTo("PASSKEY_NOT_REGISTERED");
            Answer again = server.client().post(ENROLMENT + "/options", Map.of("mfaToken", handle));
            RegistrationResponse good = SoftwareAuthenticator.at(ORIGIN).create(read(again, CreationOptions.class));
            Map<String, Object> finish =
                    Map.of("mfaToken", handle, "sessionId", again.text("/sessionId"), "response", good);

            Answer done = server.client().post(ENROLMENT + "/verify", finish);

            assertThat(done.status()).as(done.body()).isEqualTo(200);
            assertThat(done.texts("/backupCodes")).hasSize(10);
            assertThat(Tokens.claims(done.text("/login/access_token")))
                    .contains("\"acr\":\"2\"", "\"amr\":[\"mfa\",\"pwd\",\"swk\",\"user\"]");
            assertThat(server.client().post(ENROLMENT + "/verify", finish).code())
                    .isEqualTo("LOGIN_EXPIRED");
            assertThat(server.client()
                            .post(ENROLMENT + "/options", Map.of("mfaToken", other))
                            .code())
                    .isEqualTo("LOGIN_EXPIRED");
            assertThat(ada.login().texts("/methods")).containsExactly("backup-code", "passkey");
        }
    }

    @BothEngines
    @DisplayName("V7.5.1 passkeys are added, renamed and removed only shortly after a proof, and by their owner")
    void recent(TestDatabase database, MutableClock clock) {
        try (TestServer server = server(database, clock, "token.access-ttl", "2h")) {
            Person ada = Person.registered(server, "ada@example.com");
            Person bob = Person.registered(server, "bob@example.com");
            String id = register(ada, SoftwareAuthenticator.at(ORIGIN)).text("/id");
            assertThat(bob.client().delete(PASSKEYS + "/" + id).status()).isEqualTo(404);
            clock.advance(Duration.ofMinutes(16));

            assertThat(ada.client()
                            .post(PASSKEYS + "/register/options", Map.of())
                            .code())
                    .isEqualTo("REAUTHENTICATION_REQUIRED");
            assertThat(ada.client().delete(PASSKEYS + "/" + id).code()).isEqualTo("REAUTHENTICATION_REQUIRED");
            assertThat(ada.client().get(PASSKEYS).data("").size()).isEqualTo(1);
        }
    }

    @BothEngines
    @DisplayName("N9 a passkey that only wants a touch protects: a login by the password asks for it from then on")
    void touchOnly(TestDatabase database, MutableClock clock) {
        try (TestServer server = server(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            SoftwareAuthenticator key = SoftwareAuthenticator.at(ORIGIN);
            key.withoutUserVerification();

            String id = register(ada, key).text("/id");

            assertThat(server.auditNames()).containsOnlyOnce("mfa.enabled.v1");
            Answer challenged = ada.login();
            assertThat(challenged.texts("/methods")).containsExactly("backup-code", "passkey");
            String handle = challenged.text("/mfaToken");
            Answer begun = server.client().post(PASSKEYS + "/authenticate/options", Map.of("mfaToken", handle));
            Answer done = verify(server, begun, key.get(read(begun, RequestOptions.class)), handle);
            assertThat(done.status()).as(done.body()).isEqualTo(200);

            assertThat(ada.client().delete(PASSKEYS + "/" + id).status()).isEqualTo(204);
            assertThat(ada.login().text("/access_token")).isNotEmpty();
            assertThat(server.auditNames()).containsOnlyOnce("mfa.disabled.v1");
        }
    }

    @BothEngines
    @DisplayName(
            "N9 with the last app removed a passkey that stays is asked for; switching the second step off still does")
    void staysOn(TestDatabase database, MutableClock clock) {
        try (TestServer server = server(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            List<String> codes = register(ada, SoftwareAuthenticator.at(ORIGIN)).texts("/backupCodes");
            assertThat(ada.login().text("/access_token"))
                    .as("it signs in alone")
                    .isNotEmpty();
            Enrolled.of(ada, clock);
            String app = ada.client().get("/api/v1/mfa/devices").text("/0/id");

            assertThat(ada.client().delete("/api/v1/mfa/devices/" + app).status())
                    .isEqualTo(204);

            assertThat(server.auditNames()).doesNotContain("mfa.disabled.v1");
            assertThat(ada.login().texts("/methods")).containsExactly("backup-code", "passkey");
            Answer off = ada.client().post("/api/v1/mfa/disable", Map.of("token", codes.getFirst()));
            assertThat(off.status()).as(off.body()).isEqualTo(200);
            assertThat(ada.login().text("/access_token")).isNotEmpty();
        }
    }

    @BothEngines
    @DisplayName("S1-24 a passkey that seems to have been copied is told to its owner, by mail and in the trail, once")
    void suspected(TestDatabase database, MutableClock clock) {
        try (TestServer server = server(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            // To an address that nobody proved no names are mailed.
            String proof = server.mails().token(ada.email(), "verify-email");
            server.client().post("/api/v1/auth/verify-email", Map.of("token", proof));
            SoftwareAuthenticator key = SoftwareAuthenticator.at(ORIGIN).counter(5);
            register(ada, key);
            SoftwareAuthenticator copy = key.copy();
            assertThat(alone(server, key).status()).isEqualTo(200);
            assertThat(server.auditNames()).doesNotContain("mfa.passkey-suspected.v1");

            assertThat(alone(server, copy).code()).isEqualTo("INVALID_PASSKEY");
            assertThat(alone(server, key).code()).isEqualTo("INVALID_PASSKEY");

            assertThat(server.auditNames()).containsOnlyOnce("mfa.passkey-suspected.v1");
            assertThat(server.mails().subjectsTo(ada.email()))
                    .containsOnlyOnce("A passkey of yours at Latchkey is blocked");
            assertThat(server.mails().to(ada.email()))
                    .anyMatch(received -> received.mail().subject().contains("is blocked")
                            && received.mail().text().contains("Laptop"));
        }
    }

    private static Answer alone(TestServer server, SoftwareAuthenticator key) {
        Answer begun = server.client().post(PASSKEYS + "/authenticate/options", Map.of());
        AuthenticationResponse answer = key.get(read(begun, RequestOptions.class));
        return server.client()
                .post(
                        PASSKEYS + "/authenticate/verify",
                        Map.of("sessionId", begun.text("/sessionId"), "response", answer));
    }

    static TestServer server(TestDatabase database, MutableClock clock, String... settings) {
        String[] all = new String[settings.length + 2];
        all[0] = "server.public-url";
        all[1] = ORIGIN;
        System.arraycopy(settings, 0, all, 2, settings.length);
        return TestServer.on(database, clock, all);
    }

    static Answer register(Person person, SoftwareAuthenticator key) {
        Answer begun = person.client().post(PASSKEYS + "/register/options", Map.of());
        assertThat(begun.status()).as(begun.body()).isEqualTo(200);
        RegistrationResponse answer = key.create(read(begun, CreationOptions.class));
        Answer done = person.client()
                .post(
                        PASSKEYS + "/register/verify",
                        Map.of("sessionId", begun.text("/sessionId"), "response", answer, "name", "Laptop"));
        assertThat(done.status()).as(done.body()).isEqualTo(201);
        return done;
    }

    static Answer verify(TestServer server, Answer begun, AuthenticationResponse answer, String handle) {
        return server.client()
                .post(
                        PASSKEYS + "/authenticate/verify",
                        Map.of("sessionId", begun.text("/sessionId"), "response", answer, "mfaToken", handle));
    }

    static <T> T read(Answer begun, Class<T> type) {
        return JsonMapper.shared().treeToValue(begun.data("/options"), type);
    }
}
