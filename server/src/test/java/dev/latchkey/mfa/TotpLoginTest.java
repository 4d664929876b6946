package dev.latchkey.mfa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.AuthenticatorApp;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.Race;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;

class TotpLoginTest {
    private static final String SETUP = "/api/v1/mfa/setup";
    private static final String ENABLE = "/api/v1/mfa/enable";
    private static final String VERIFY = "/api/v1/mfa/verify";

    @BothEngines
    @DisplayName(
            "S3-11 S1-19 an authenticator app is set up, answers backup codes once, and is asked for at the next login")
    void setUp(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            Answer setup = ada.client().post(SETUP, Map.of("name", "Phone"));
            assertThat(setup.status()).as(setup.body()).isEqualTo(200);
            assertThat(setup.text("/qrCode"))
                    .startsWith("data:image/png;base64,")
                    .isEqualTo(setup.text("/qrCodeUrl"));
            assertThat(setup.text("/qrCodeSvg")).startsWith("<svg");
            assertThat(setup.text("/manualEntry")).startsWith("otpauth://totp/").isEqualTo(setup.text("/otpauthUrl"));
            assertThat(setup.text("/manualEntryKey").replace(" ", "")).isEqualTo(setup.text("/secret"));
            AuthenticatorApp app = new AuthenticatorApp(setup.text("/secret"), clock);

            Answer enabled = ada.client().post(ENABLE, Map.of("token", app.code()));

            assertThat(enabled.status()).as(enabled.body()).isEqualTo(200);
            assertThat(enabled.text("/message")).isEqualTo("MFA enabled successfully");
            assertThat(enabled.texts("/backupCodes")).hasSize(10).doesNotHaveDuplicates();
            assertThat(ada.me().data("/user/twoFactorEnabled").asBoolean()).isTrue();
            Answer challenged = ada.login();
            assertThat(challenged.status()).isEqualTo(200);
            assertThat(challenged.data("/requiresMFA").asBoolean()).isTrue();
            assertThat(challenged.data("/requires2FA").asBoolean()).isTrue();
            assertThat(challenged.text("/userId"))
                    .isEqualTo(challenged.text("/mfaToken"))
                    .isEqualTo(challenged.text("/interimToken"))
                    .isNotEqualTo(ada.id());
            assertThat(challenged.texts("/methods")).containsExactly("backup-code", "totp");
            assertThat(challenged.data("/expiresIn").asInt()).isEqualTo(300);
            assertThat(challenged.body()).doesNotContain("access_token");
        }
    }

    @BothEngines
    @DisplayName(
            "S3-12 S4-05 the code finishes the login, under each name of handle and code; the session tells of two factors")
    void finish(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Enrolled ada = Enrolled.of(Person.registered(server, "ada@example.com"), clock);
            for (String handleName : List.of("userId", "mfaToken", "interimToken")) {
                clock.advance(Duration.ofSeconds(60));
                String handle = ada.person().login().text("/mfaToken");
                String codeName = handleName.equals("userId") ? "token" : "code";

                Answer done = server.client()
                        .post(
                                VERIFY,
                                Map.of(handleName, handle, codeName, ada.app().code()));

                assertThat(done.status()).as(done.body()).isEqualTo(200);
                Person signedIn = ada.person().with(done);
                assertThat(signedIn.me().status()).isEqualTo(200);
                assertThat(Tokens.claims(done.text("/access_token")))
                        .contains("\"acr\":\"2\"", "\"amr\":[\"mfa\",\"otp\",\"pwd\"]");
                Answer refreshed = signedIn.refresh();
                assertThat(Tokens.claims(refreshed.text("/access_token")))
                        .contains("\"amr\":[\"mfa\",\"otp\",\"pwd\"]");
            }
        }
    }

    @BothEngines
    @DisplayName("S2-02 a client that knows sends the code with the password")
    void inOneCall(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Enrolled ada = Enrolled.of(Person.registered(server, "ada@example.com"), clock);
            clock.advance(Duration.ofSeconds(60));
            Map<String, String> body = Map.of(
                    "email",
                    "ada@example.com",
                    "password",
                    Person.PASSWORD,
                    "twoFactorToken",
                    ada.app().code());

            Answer done = server.client().post("/api/v1/auth/login", body);

            assertThat(done.status()).as(done.body()).isEqualTo(200);
            assertThat(done.text("/access_token")).isNotEmpty();
            assertThat(server.client().post("/api/v1/auth/login", body).code()).isEqualTo("INVALID_MFA_CODE");
        }
    }

    @BothEngines
    @DisplayName("S1-21 of 50 uses of one login at once, with ten codes that are all good, one signs in and spends one")
    void raceOfOneLogin(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "limits.enabled", "false")) {
            Enrolled ada = Enrolled.of(Person.registered(server, "ada@example.com"), clock);
            String handle = ada.person().login().text("/mfaToken");
            List<String> codes = ada.backupCodes();
            AtomicInteger next = new AtomicInteger();

            List<Answer> answers = Race.of(50, () -> {
                String code = codes.get(next.getAndIncrement() % codes.size());
                return server.client().post("/api/v1/mfa/verify-backup", Map.of("mfaToken", handle, "code", code));
            });

            assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
            assertThat(answers)
                    .filteredOn(answer -> answer.status() != 200)
                    .extracting(Answer::code)
                    .containsOnly("LOGIN_EXPIRED");
            assertThat(ada.person()
                            .client()
                            .get("/api/v1/mfa/status")
                            .data("/backupCodesLeft")
                            .asInt())
                    .isEqualTo(9);
        }
    }

    @BothEngines
    @DisplayName("S1-20 N4 of 50 uses of one code at once one signs in")
    void race(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "limits.enabled", "false")) {
            Enrolled ada = Enrolled.of(Person.registered(server, "ada@example.com"), clock);
            clock.advance(Duration.ofSeconds(60));
            String handle = ada.person().login().text("/mfaToken");
            String code = ada.app().code();

            List<Answer> answers =
                    Race.of(50, () -> server.client().post(VERIFY, Map.of("mfaToken", handle, "code", code)));

            assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
            assertThat(answers)
                    .filteredOn(answer -> answer.status() != 200)
                    .extracting(Answer::code)
                    .isSubsetOf("INVALID_MFA_CODE", "LOGIN_EXPIRED");
        }
    }

    @BothEngines
    @DisplayName("S1-20 S1-41 a backup code signs in once, in its owner's spelling, and is told by mail")
    void backupCode(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Enrolled ada = Enrolled.of(Person.registered(server, "ada@example.com"), clock);
            String code = ada.backupCodes().getFirst();

            Answer done = server.client()
                    .post(
                            "/api/v1/mfa/verify-backup",
                            Map.of(
                                    "userId", ada.person().login().text("/mfaToken"),
                                    "code",
                                            code.toLowerCase(java.util.Locale.ROOT)
                                                    .replace("-", " ")));

            assertThat(done.status()).as(done.body()).isEqualTo(200);
            Person again = ada.person().with(done);
            assertThat(again.client()
                            .get("/api/v1/mfa/status")
                            .data("/backupCodesLeft")
                            .asInt())
                    .isEqualTo(9);
            String handle = ada.person().login().text("/mfaToken");
            assertThat(server.client()
                            .post(VERIFY, Map.of("mfaToken", handle, "code", code))
                            .code())
                    .isEqualTo("INVALID_MFA_CODE");
            assertThat(server.auditNames()).contains("mfa.backup-code-used.v1");
        }
    }

    @BothEngines
    @DisplayName("S3-11 a code switches the second factor off; apps, backup codes and trusted browsers go with it")
    void disable(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Enrolled ada = Enrolled.of(Person.registered(server, "ada@example.com"), clock);
            clock.advance(Duration.ofSeconds(60));
            assertThat(ada.person()
                            .client()
                            .post("/api/v1/mfa/disable", Map.of("token", "000000"))
                            .code())
                    .isEqualTo("INVALID_MFA_CODE");

            Answer off = ada.person()
                    .client()
                    .post("/api/v1/mfa/disable", Map.of("token", ada.app().code()));

            assertThat(off.status()).as(off.body()).isEqualTo(200);
            assertThat(ada.person().login().text("/access_token")).isNotEmpty();
            Answer status = ada.person().client().get("/api/v1/mfa/status");
            assertThat(status.data("/enabled").asBoolean()).isFalse();
            assertThat(status.data("/backupCodesLeft").asInt()).isZero();
            assertThat(status.data("/devices").size()).isZero();
        }
    }

    @BothEngines
    @DisplayName("V7.5.1 factors are added and removed only shortly after a proof")
    void recent(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "token.access-ttl", "2h")) {
            Enrolled ada = Enrolled.of(Person.registered(server, "ada@example.com"), clock);
            String device = ada.person().client().get("/api/v1/mfa/devices").text("/0/id");
            clock.advance(Duration.ofMinutes(16));

            assertThat(ada.person().client().post(SETUP, Map.of()).code()).isEqualTo("REAUTHENTICATION_REQUIRED");
            assertThat(ada.person()
                            .client()
                            .post(ENABLE, Map.of("code", ada.app().code()))
                            .code())
                    .isEqualTo("REAUTHENTICATION_REQUIRED");
            assertThat(ada.person()
                            .client()
                            .post("/api/v1/mfa/backup-codes", Map.of())
                            .code())
                    .isEqualTo("REAUTHENTICATION_REQUIRED");
            assertThat(ada.person()
                            .client()
                            .delete("/api/v1/mfa/devices/" + device)
                            .code())
                    .isEqualTo("REAUTHENTICATION_REQUIRED");
        }
    }

    @BothEngines
    @DisplayName(
            "S3-15 an administrator without a second factor sets one up before the session opens; the handle opens nothing else")
    void mustEnrol(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "mfa.required-roles", "ADMIN")) {
            Person ada = Person.registered(server, "ada@example.com");
            server.grant(ada.email(), "ADMIN");
            assertThat(ada.client().get("/api/v1/users").code()).isEqualTo("MFA_REQUIRED");
            Answer login = ada.login();
            assertThat(login.data("/requiresMFAEnrolment").asBoolean()).isTrue();
            String handle = login.text("/mfaToken");
            assertThat(server.client()
                            .post(VERIFY, Map.of("mfaToken", handle, "code", "123456"))
                            .code())
                    .isEqualTo("INVALID_MFA_CODE");
            assertThat(server.client().bearer(handle).get("/api/v1/auth/me").status())
                    .isEqualTo(401);

            Answer setup = server.client().post("/api/v1/mfa/enrolment/setup", Map.of("mfaToken", handle));
            assertThat(setup.status()).as(setup.body()).isEqualTo(200);
            AuthenticatorApp app = new AuthenticatorApp(setup.text("/secret"), clock);
            Answer done = server.client()
                    .post("/api/v1/mfa/enrolment/enable", Map.of("mfaToken", handle, "code", app.code()));

            assertThat(done.status()).as(done.body()).isEqualTo(200);
            assertThat(done.texts("/backupCodes")).hasSize(10);
            assertThat(server.client()
                            .bearer(done.text("/login/access_token"))
                            .get("/api/v1/users")
                            .status())
                    .isEqualTo(200);
            String second = ada.login().text("/mfaToken");
            assertThat(server.client()
                            .post("/api/v1/mfa/enrolment/setup", Map.of("mfaToken", second))
                            .code())
                    .isEqualTo("LOGIN_EXPIRED");
        }
    }
}
