package dev.latchkey.mfa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.passkey.CreationOptions;
import dev.latchkey.passkey.RequestOptions;
import dev.latchkey.passkey.SoftwareAuthenticator;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import tools.jackson.databind.json.JsonMapper;

/** What "this wasn't me" does to second factors. */
class DisownedFactorTest {
    private static final String ORIGIN = "http://localhost:3001";
    private static final String PASSKEYS = "/api/v1/passkeys";
    private static final String STATUS = "/api/v1/mfa/status";
    private static final String NEW = "lamp-Meadow-77-oboe";

    @BothEngines
    @DisplayName("V6.3.7 a thief's passkey and codes go with 'this wasn't me' in the mail that told of them")
    void thiefsPasskey(TestDatabase database, MutableClock clock) {
        try (TestServer server = server(database, clock)) {
            Person ada = verified(server);
            Person thief = ada.loggedIn();
            clock.advance(Duration.ofMinutes(1));
            SoftwareAuthenticator key = SoftwareAuthenticator.at(ORIGIN);
            assertThat(register(thief, key).texts("/backupCodes")).hasSize(10);
            String told = server.mails().token(ada.email(), "not-me");
            assertThat(signIn(server, key).status()).isEqualTo(200);

            disown(ada, told);

            assertThat(signIn(server, key).code()).isEqualTo("INVALID_PASSKEY");
            Person back = reset(server, ada);
            assertThat(back.client().get(PASSKEYS).data("")).isEmpty();
            assertThat(back.client().get(STATUS).data("/backupCodesLeft").asInt())
                    .isZero();
            // Nothing is left that would have to be proved first.
            assertThat(back.client().post("/api/v1/mfa/setup", Map.of()).status())
                    .isEqualTo(200);
        }
    }

    @BothEngines
    @DisplayName("V6.3.7 'this wasn't me' of an earlier mail removes the factor that was added after it")
    void addedSince(TestDatabase database, MutableClock clock) {
        try (TestServer server = server(database, clock)) {
            Person ada = verified(server);
            Person thief = ada.loggedIn();
            String newBrowser = server.mails().token(ada.email(), "not-me");
            clock.advance(Duration.ofMinutes(1));
            Enrolled.of(thief, clock);
            assertThat(ada.login().data("/requiresMFA").asBoolean()).isTrue();

            disown(ada, newBrowser);

            Person back = reset(server, ada);
            assertThat(back.client().get(STATUS).data("/enabled").asBoolean()).isFalse();
            assertThat(back.client().get(STATUS).data("/backupCodesLeft").asInt())
                    .isZero();
        }
    }

    @BothEngines
    @DisplayName(
            "V6.3.7 'this wasn't me' removes no older factor: a mailbox alone switches two-step sign-in off nowhere")
    void ownersStays(TestDatabase database, MutableClock clock) {
        try (TestServer server = server(database, clock)) {
            Enrolled ada = Enrolled.of(verified(server), clock);
            clock.advance(Duration.ofMinutes(1));
            SoftwareAuthenticator key = SoftwareAuthenticator.at(ORIGIN);
            register(ada.person(), key);
            String told = server.mails().token("ada@example.com", "not-me");

            disown(ada.person(), told);

            assertThat(signIn(server, key).code()).isEqualTo("INVALID_PASSKEY");
            Answer challenged = resetAndSignIn(server, ada.person());
            assertThat(challenged.texts("/methods")).containsExactly("backup-code", "totp");
            clock.advance(Duration.ofMinutes(1));
            Answer done = server.client()
                    .post(
                            "/api/v1/mfa/verify",
                            Map.of(
                                    "mfaToken",
                                    challenged.text("/mfaToken"),
                                    "code",
                                    ada.app().code()));
            assertThat(ada.person()
                            .with(done)
                            .client()
                            .get(STATUS)
                            .data("/backupCodesLeft")
                            .asInt())
                    .isEqualTo(10);
        }
    }

    @BothEngines
    @DisplayName("V6.3.7 nor where the older factor is a passkey that only wants a touch")
    void touchStays(TestDatabase database, MutableClock clock) {
        try (TestServer server = server(database, clock)) {
            Person ada = verified(server);
            register(ada, SoftwareAuthenticator.at(ORIGIN).withoutUserVerification());
            clock.advance(Duration.ofMinutes(1));
            ada.client().post("/api/v1/mfa/backup-codes", Map.of());
            String told = server.mails().token(ada.email(), "not-me");

            disown(ada, told);

            assertThat(resetAndSignIn(server, ada).texts("/methods")).containsExactly("passkey");
        }
    }

    @BothEngines
    @DisplayName("V6.3.7 'this wasn't me' to renewed backup codes voids them, and leaves the factor they stand in for")
    void renewedCodes(TestDatabase database, MutableClock clock) {
        try (TestServer server = server(database, clock)) {
            Enrolled ada = Enrolled.of(verified(server), clock);
            clock.advance(Duration.ofMinutes(1));
            assertThat(ada.person()
                            .client()
                            .post("/api/v1/mfa/backup-codes", Map.of())
                            .texts("/backupCodes"))
                    .hasSize(10);
            String told = server.mails().token("ada@example.com", "not-me");

            disown(ada.person(), told);

            assertThat(resetAndSignIn(server, ada.person()).texts("/methods")).containsExactly("totp");
        }
    }

    private static TestServer server(TestDatabase database, MutableClock clock) {
        return TestServer.on(database, clock, "server.public-url", ORIGIN);
    }

    /** Or the reset would empty the account, as one that nobody proved. */
    private static Person verified(TestServer server) {
        Person ada = Person.registered(server, "ada@example.com");
        String proof = server.mails().token(ada.email(), "verify-email");
        assertThat(ada.anonymous()
                        .post("/api/v1/auth/verify-email", Map.of("token", proof))
                        .status())
                .isEqualTo(200);
        return ada;
    }

    private static void disown(Person person, String token) {
        Answer done = person.anonymous().post("/api/v1/auth/not-me", Map.of("token", token));
        assertThat(done.status()).as(done.body()).isEqualTo(200);
    }

    private static Answer resetAndSignIn(TestServer server, Person person) {
        String token = server.mails().token(person.email(), "reset-password");
        Answer done =
                person.anonymous().post("/api/v1/auth/reset-password", Map.of("token", token, "newPassword", NEW));
        assertThat(done.status()).as(done.body()).isEqualTo(200);
        return person.login(NEW);
    }

    private static Person reset(TestServer server, Person person) {
        Answer login = resetAndSignIn(server, person);
        assertThat(login.text("/access_token")).as(login.body()).isNotEmpty();
        return person.with(login);
    }

    private static Answer register(Person person, SoftwareAuthenticator key) {
        Answer begun = person.client().post(PASSKEYS + "/register/options", Map.of());
        assertThat(begun.status()).as(begun.body()).isEqualTo(200);
        Object made = key.create(JsonMapper.shared().treeToValue(begun.data("/options"), CreationOptions.class));
        Answer done = person.client()
                .post(
                        PASSKEYS + "/register/verify",
                        Map.of("sessionId", begun.text("/sessionId"), "response", made, "name", "Key"));
        assertThat(done.status()).as(done.body()).isEqualTo(201);
        return done;
    }

    private static Answer signIn(TestServer server, SoftwareAuthenticator key) {
        Answer begun = server.client().post(PASSKEYS + "/authenticate/options", Map.of());
        Object shown = key.get(JsonMapper.shared().treeToValue(begun.data("/options"), RequestOptions.class));
        return server.client()
                .post(
                        PASSKEYS + "/authenticate/verify",
                        Map.of("sessionId", begun.text("/sessionId"), "response", shown));
    }
}
