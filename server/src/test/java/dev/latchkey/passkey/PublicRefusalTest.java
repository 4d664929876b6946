package dev.latchkey.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.ApiClient;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import tools.jackson.databind.json.JsonMapper;

/** One thing wrong at a time, over HTTP: the client is told one thing for all, the audit trail has the reason. */
class PublicRefusalTest {
    private static final String ORIGIN = "http://localhost:3001";
    private static final String PASSKEYS = "/api/v1/passkeys";
    private static final byte[] STRANGER = new byte[32];

    private interface Change extends Consumer<SoftwareAuthenticator.Answer> {}

    @BothEngines
    @DisplayName("S1-22 every wrong field of a registration gets one public answer, and its own reason in the audit")
    void registration(TestDatabase database, MutableClock clock) {
        try (TestServer server = server(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            Map<PasskeyRefusal, Change> changes = clientData();
            changes.put(PasskeyRefusal.TYPE, answer -> answer.type = "webauthn.get");
            changes.put(PasskeyRefusal.ATTESTED_DATA, answer -> answer.flags &= ~SoftwareAuthenticator.AT);
            changes.put(PasskeyRefusal.ALGORITHM, answer -> answer.algorithm = KeyAlgorithm.ES384.cose());
            changes.put(PasskeyRefusal.ATTESTATION_FORMAT, answer -> answer.format = "android-safetynet");
            changes.put(PasskeyRefusal.ATTESTATION_STATEMENT, answer -> {
                answer.format = "none";
                answer.statement = Map.of("alg", -7);
            });
            changes.put(PasskeyRefusal.CREDENTIAL_ID, answer -> answer.attestedId = STRANGER);
            changes.forEach((reason, change) -> {
                clock.advance(Duration.ofSeconds(1));
                Answer begun = ada.client().post(PASSKEYS + "/register/options", Map.of());
                RegistrationResponse response =
                        SoftwareAuthenticator.at(ORIGIN).create(read(begun, CreationOptions.class), change);

                Answer refused = ada.client()
                        .post(
                                PASSKEYS + "/register/verify",
                                Map.of("sessionId", begun.text("/sessionId"), "response", response));

                alike(refused, 400, "PASSKEY_NOT_REGISTERED", ErrorText.NOT_REGISTERED);
                assertThat(server.auditReasons("mfa.factor-refused.v1").getFirst())
                        .isEqualTo(reason.reason());
            });
            assertThat(ada.client().get(PASSKEYS).data("")).isEmpty();
        }
    }

    @BothEngines
    @DisplayName("S1-24 every wrong field of an authentication gets one public answer, and its own reason in the audit")
    void authentication(TestDatabase database, MutableClock clock) {
        try (TestServer server = server(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            SoftwareAuthenticator key = registered(ada);
            Map<PasskeyRefusal, Change> changes = clientData();
            changes.put(PasskeyRefusal.TYPE, answer -> answer.type = "webauthn.get2");
            changes.put(PasskeyRefusal.USER_VERIFICATION, answer -> answer.flags &= ~SoftwareAuthenticator.UV);
            changes.put(PasskeyRefusal.BACKUP_ELIGIBILITY, answer -> answer.flags |= SoftwareAuthenticator.BE);
            changes.put(PasskeyRefusal.ATTESTED_DATA, answer -> answer.flags |= SoftwareAuthenticator.AT);
            changes.put(PasskeyRefusal.UNKNOWN_PASSKEY, answer -> answer.credentialId = STRANGER);
            changes.put(PasskeyRefusal.USER_HANDLE, answer -> answer.userHandle = Optional.of(STRANGER));
            // The last, for a passkey whose counter went back is refused from then on.
            changes.put(PasskeyRefusal.COUNTER, answer -> answer.counter = 1);
            changes.forEach((reason, change) -> {
                clock.advance(Duration.ofSeconds(1));
                Answer refused = signIn(server, key, change);

                alike(refused, 401, "INVALID_PASSKEY", ErrorText.NOT_ACCEPTED);
                assertThat(server.auditReasons("login.failed.v1").getFirst()).isEqualTo("passkey:" + reason.reason());
            });
            clock.advance(Duration.ofSeconds(1));
            Answer after = signIn(server, key, answer -> {});
            alike(after, 401, "INVALID_PASSKEY", ErrorText.NOT_ACCEPTED);
            assertThat(server.auditReasons("login.failed.v1").getFirst()).isEqualTo("passkey:clone-suspected");
        }
    }

    @BothEngines
    @DisplayName("S1-24 empty, repeated and reordered steps of the ceremonies are refused alike")
    void steps(TestDatabase database, MutableClock clock) {
        try (TestServer server = server(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            SoftwareAuthenticator key = registered(ada);
            Answer begun = server.client().post(PASSKEYS + "/authenticate/options", Map.of());
            AuthenticationResponse right = key.get(read(begun, RequestOptions.class));
            Map<String, Object> body = Map.of("sessionId", begun.text("/sessionId"), "response", right);
            ApiClient client = server.client();
            assertThat(client.post(PASSKEYS + "/authenticate/verify", Map.of()).code())
                    .isEqualTo("VALIDATION_ERROR");
            assertThat(client.post(PASSKEYS + "/authenticate/verify", Map.of("response", right))
                            .code())
                    .isEqualTo("VALIDATION_ERROR");
            // One kind's session id is none of the other's, and says no more than an invented one.
            Answer registering = ada.client().post(PASSKEYS + "/register/options", Map.of());
            Answer crossed = client.post(
                    PASSKEYS + "/authenticate/verify",
                    Map.of("sessionId", registering.text("/sessionId"), "response", right));
            Answer invented =
                    client.post(PASSKEYS + "/authenticate/verify", Map.of("sessionId", "made-up", "response", right));
            alike(crossed, 401, "INVALID_PASSKEY", ErrorText.NOT_ACCEPTED);
            alike(invented, 401, "INVALID_PASSKEY", ErrorText.NOT_ACCEPTED);
            RegistrationResponse created =
                    SoftwareAuthenticator.at(ORIGIN).create(read(registering, CreationOptions.class));
            alike(
                    ada.client()
                            .post(
                                    PASSKEYS + "/register/verify",
                                    Map.of("sessionId", begun.text("/sessionId"), "response", created)),
                    400,
                    "PASSKEY_NOT_REGISTERED",
                    ErrorText.NOT_REGISTERED);

            assertThat(client.post(PASSKEYS + "/authenticate/verify", body).status())
                    .isEqualTo(200);
            alike(client.post(PASSKEYS + "/authenticate/verify", body), 401, "INVALID_PASSKEY", ErrorText.NOT_ACCEPTED);
        }
    }

    /** What is wrong with the signed parts that both ceremonies have. */
    private static Map<PasskeyRefusal, Change> clientData() {
        Map<PasskeyRefusal, Change> changes = new LinkedHashMap<>();
        changes.put(PasskeyRefusal.CHALLENGE, answer -> answer.challenge = "A".repeat(43));
        changes.put(PasskeyRefusal.ORIGIN, answer -> answer.origin = "https://evil.example");
        changes.put(PasskeyRefusal.CROSS_ORIGIN, answer -> answer.clientDataRest = ",\"crossOrigin\":true");
        changes.put(PasskeyRefusal.RP_ID, answer -> answer.rpId = "example.org");
        changes.put(PasskeyRefusal.USER_PRESENCE, answer -> answer.flags &= ~SoftwareAuthenticator.UP);
        changes.put(PasskeyRefusal.BACKUP_STATE, answer -> answer.flags |= SoftwareAuthenticator.BS);
        changes.put(PasskeyRefusal.SIGNATURE, answer -> answer.signed = false);
        changes.put(PasskeyRefusal.MALFORMED, answer -> answer.trailing = new byte[] {1, 2, 3});
        return changes;
    }

    private static Answer signIn(TestServer server, SoftwareAuthenticator key, Change change) {
        Answer begun = server.client().post(PASSKEYS + "/authenticate/options", Map.of());
        AuthenticationResponse response = key.get(read(begun, RequestOptions.class), change);
        return server.client()
                .post(
                        PASSKEYS + "/authenticate/verify",
                        Map.of("sessionId", begun.text("/sessionId"), "response", response));
    }

    private static SoftwareAuthenticator registered(Person person) {
        SoftwareAuthenticator key = SoftwareAuthenticator.at(ORIGIN).counter(10);
        Answer begun = person.client().post(PASSKEYS + "/register/options", Map.of());
        RegistrationResponse response = key.create(read(begun, CreationOptions.class));
        Answer done = person.client()
                .post(
                        PASSKEYS + "/register/verify",
                        Map.of("sessionId", begun.text("/sessionId"), "response", response));
        assertThat(done.status()).as(done.body()).isEqualTo(201);
        return key;
    }

    /** The one sentence of each ceremony. */
    private enum ErrorText {
        NOT_REGISTERED("The passkey was not registered. Begin again, or use another device."),
        NOT_ACCEPTED("The passkey was not accepted. Try again, or sign in another way.");

        private final String sentence;

        ErrorText(String sentence) {
            this.sentence = sentence;
        }
    }

    private static void alike(Answer answer, int status, String code, ErrorText text) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.json().at("/error/message").asString()).isEqualTo(text.sentence);
        assertThat(answer.json().at("/error/details")).isEmpty();
    }

    private static TestServer server(TestDatabase database, MutableClock clock) {
        return TestServer.on(database, clock, "server.public-url", ORIGIN, "limits.enabled", "false");
    }

    private static <T> T read(Answer begun, Class<T> type) {
        return JsonMapper.shared().treeToValue(begun.data("/options"), type);
    }
}
