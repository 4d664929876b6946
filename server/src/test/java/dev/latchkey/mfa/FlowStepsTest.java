package dev.latchkey.mfa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.ApiClient;
import dev.latchkey.boot.AuthenticatorApp;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

/** Each flow with its steps left empty, repeated and in another order: refused, and nobody is signed in by it. */
class FlowStepsTest {
    private static final String VERIFY = "/api/v1/mfa/verify";
    private static final String BACKUP = "/api/v1/mfa/verify-backup";
    private static final String SETUP = "/api/v1/mfa/setup";
    private static final String ENABLE = "/api/v1/mfa/enable";
    private static final String OTP = "/api/v1/auth/otp";
    private static final String RECOVERY = "/api/v1/mfa/recovery";

    @BothEngines
    @DisplayName("V2.3.1 S3-12 login and code: no step can be left out, come twice or come first")
    void login(TestDatabase database, MutableClock clock) {
        try (TestServer server = server(database, clock)) {
            Enrolled ada = Enrolled.of(Person.registered(server, "ada@example.com"), clock);
            clock.advance(Duration.ofSeconds(60));
            String handle = ada.person().login().text("/mfaToken");
            String code = ada.app().code();
            ApiClient client = server.client();
            for (String path : List.of(VERIFY, BACKUP)) {
                for (Map<String, String> body : leftOut(Map.of("mfaToken", handle, "code", code))) {
                    refused(client.post(path, body), "VALIDATION_ERROR");
                }
                refused(client.post(path, Map.of("mfaToken", "made-up", "code", code)), "LOGIN_EXPIRED");
                // A handle is no other thing, and no other thing is a handle.
                refused(
                        client.post(path, Map.of("mfaToken", ada.person().accessToken(), "code", code)),
                        "VALIDATION_ERROR");
                refused(client.post(path, Map.of("mfaToken", ada.person().id(), "code", code)), "LOGIN_EXPIRED");
            }
            // The password does not stand for the second factor, nor enrolment for the code.
            refused(client.post(VERIFY, Map.of("mfaToken", handle, "code", Person.PASSWORD)), "INVALID_MFA_CODE");
            refused(client.post("/api/v1/mfa/enrolment/setup", Map.of("mfaToken", handle)), "LOGIN_EXPIRED");
            refused(
                    client.post("/api/v1/mfa/enrolment/enable", Map.of("mfaToken", handle, "code", code)),
                    "LOGIN_EXPIRED");

            assertThat(client.post(VERIFY, Map.of("mfaToken", handle, "code", code))
                            .status())
                    .isEqualTo(200);
            refused(client.post(VERIFY, Map.of("mfaToken", handle, "code", code)), "LOGIN_EXPIRED");
            refused(
                    client.post(
                            BACKUP,
                            Map.of("mfaToken", handle, "code", ada.backupCodes().getFirst())),
                    "LOGIN_EXPIRED");
            refused(client.post(RECOVERY, Map.of("mfaToken", handle)), "LOGIN_EXPIRED");
        }
    }

    @BothEngines
    @DisplayName(
            "V2.3.1 S3-11 enrolment: no code without a setup, none twice, none of a setup that another took the place of")
    void enrolment(TestDatabase database, MutableClock clock) {
        try (TestServer server = server(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            ApiClient client = ada.client();
            refused(client.post(ENABLE, Map.of("code", "123456")), "NO_PENDING_SETUP");
            refused(client.post("/api/v1/mfa/backup-codes", Map.of()), "CONFLICT");
            refused(client.post("/api/v1/mfa/disable", Map.of("code", "123456")), "NOT_FOUND");
            AuthenticatorApp replaced = app(client.post(SETUP, Map.of()), clock);
            AuthenticatorApp app = app(client.post(SETUP, Map.of()), clock);
            refused(client.post(ENABLE, Map.of()), "VALIDATION_ERROR");
            refused(client.post(ENABLE, Map.of("code", "")), "VALIDATION_ERROR");
            if (!replaced.code().equals(app.code())) {
                refused(client.post(ENABLE, Map.of("code", replaced.code())), "INVALID_MFA_CODE");
            }
            Person eve = Person.registered(server, "eve@example.com");
            refused(eve.client().post(ENABLE, Map.of("code", app.code())), "NO_PENDING_SETUP");

            assertThat(client.post(ENABLE, Map.of("code", app.code())).status()).isEqualTo(200);
            refused(client.post(ENABLE, Map.of("code", app.code())), "NO_PENDING_SETUP");
            // The code that proved the app is spent by that.
            refused(
                    server.client().post(VERIFY, Map.of("mfaToken", ada.login().text("/mfaToken"), "code", app.code())),
                    "INVALID_MFA_CODE");
        }
    }

    @BothEngines
    @DisplayName("V2.3.1 a login that must enrol: neither code nor enabling before the setup, and once")
    void enrolmentInLogin(TestDatabase database, MutableClock clock) {
        try (TestServer server =
                TestServer.on(database, clock, "mfa.required-roles", "USER", "limits.enabled", "false")) {
            Person ada = Person.registered(server, "ada@example.com");
            String handle = ada.login().text("/mfaToken");
            ApiClient client = server.client();
            String enable = "/api/v1/mfa/enrolment/enable";
            refused(client.post(enable, Map.of("mfaToken", handle, "code", "123456")), "NO_PENDING_SETUP");
            refused(client.post(VERIFY, Map.of("mfaToken", handle, "code", "123456")), "INVALID_MFA_CODE");
            refused(client.post("/api/v1/mfa/enrolment/setup", Map.of()), "VALIDATION_ERROR");
            AuthenticatorApp app = app(client.post("/api/v1/mfa/enrolment/setup", Map.of("mfaToken", handle)), clock);
            refused(client.post(enable, Map.of("mfaToken", handle)), "VALIDATION_ERROR");
            refused(client.post(enable, Map.of("code", app.code())), "VALIDATION_ERROR");
            refused(client.post(enable, Map.of("mfaToken", handle, "code", "000000")), "INVALID_MFA_CODE");

            Answer done = client.post(enable, Map.of("mfaToken", handle, "code", app.code()));

            assertThat(done.text("/login/access_token")).isNotEmpty();
            refused(client.post(enable, Map.of("mfaToken", handle, "code", app.code())), "LOGIN_EXPIRED");
            refused(client.post("/api/v1/mfa/enrolment/setup", Map.of("mfaToken", handle)), "LOGIN_EXPIRED");
        }
    }

    @BothEngines
    @DisplayName(
            "V2.3.1 V6.6.2 a mailed code: not without its login, not in another one, not twice, not after the link")
    void mailCode(TestDatabase database, MutableClock clock) {
        try (TestServer server = server(database, clock)) {
            Person.registered(server, "ada@example.com");
            ApiClient client = server.client();
            Answer begun = client.post("/api/v1/auth/magic-link", Map.of("email", "ada@example.com"));
            String handle = begun.text("/loginToken");
            String code = server.mails().code("ada@example.com", "login/link");
            String other = client.post("/api/v1/auth/magic-link", Map.of("email", "ada@example.com"))
                    .text("/loginToken");
            for (Map<String, String> body : leftOut(Map.of("loginToken", handle, "code", code))) {
                refused(client.post(OTP, body), "VALIDATION_ERROR");
            }
            refused(client.post(OTP, Map.of("loginToken", other, "code", code)), "INVALID_LOGIN_CODE");
            refused(client.post(OTP, Map.of("loginToken", "made-up", "code", code)), "INVALID_LOGIN_CODE");
            refused(client.post(VERIFY, Map.of("mfaToken", handle, "code", code)), "LOGIN_EXPIRED");

            assertThat(client.post(OTP, Map.of("loginToken", handle, "code", code))
                            .status())
                    .isEqualTo(200);
            refused(client.post(OTP, Map.of("loginToken", handle, "code", code)), "INVALID_LOGIN_CODE");
        }
    }

    @BothEngines
    @DisplayName("V2.3.1 N9 a recovery: not before its wait, not without its mail, not twice, not once it was stopped")
    void recovery(TestDatabase database, MutableClock clock) {
        try (TestServer server = server(database, clock)) {
            Enrolled ada = Enrolled.of(Person.registered(server, "ada@example.com"), clock);
            ApiClient client = server.client();
            refused(client.post(RECOVERY, Map.of()), "VALIDATION_ERROR");
            refused(client.post(RECOVERY, Map.of("mfaToken", "made-up")), "LOGIN_EXPIRED");
            refused(client.post(RECOVERY + "/complete", Map.of()), "VALIDATION_ERROR");
            refused(client.post(RECOVERY + "/complete", Map.of("token", "made-up")), "INVALID_LINK");
            refused(client.post(RECOVERY + "/cancel", Map.of("token", "made-up")), "INVALID_LINK");
            String handle = ada.person().login().text("/mfaToken");
            assertThat(client.post(RECOVERY, Map.of("mfaToken", handle)).status())
                    .isEqualTo(202);
            String link = server.mails().token("ada@example.com", "recovery");
            refused(client.post(RECOVERY + "/complete", Map.of("token", link)), "CONFLICT");
            // A link of this kind is none of another.
            refused(client.post("/api/v1/auth/unlock", Map.of("token", link)), "INVALID_LINK");
            refused(
                    client.post(
                            "/api/v1/auth/reset-password", Map.of("token", link, "newPassword", "lamp-Meadow-77-oboe")),
                    "INVALID_LINK");
            assertThat(client.post(RECOVERY + "/cancel", Map.of("token", link)).status())
                    .isEqualTo(204);
            refused(client.post(RECOVERY + "/cancel", Map.of("token", link)), "INVALID_LINK");
            clock.advance(Duration.ofDays(4));
            refused(client.post(RECOVERY + "/complete", Map.of("token", link)), "INVALID_LINK");
            assertThat(ada.person().login().data("/requiresMFA").asBoolean()).isTrue();
        }
    }

    @BothEngines
    @DisplayName("V2.3.1 a step-up: not without a session, not with a handle, not by a code that was used, and once")
    void stepUp(TestDatabase database, MutableClock clock) {
        try (TestServer server = server(database, clock)) {
            Enrolled ada = Enrolled.of(Person.registered(server, "ada@example.com"), clock);
            String path = "/api/v1/auth/reauthenticate";
            clock.advance(Duration.ofSeconds(60));
            String code = ada.app().code();
            String handle = ada.person().login().text("/mfaToken");
            refused(server.client().post(path, Map.of("code", code)), "MISSING_TOKEN");
            refused(server.client().bearer(handle).post(path, Map.of("code", code)), "INVALID_TOKEN");
            ApiClient client = ada.person().client();
            refused(client.post(path, Map.of()), "VALIDATION_ERROR");
            refused(client.post(path, Map.of("password", "")), "VALIDATION_ERROR");
            refused(client.post(path, Map.of("code", "")), "VALIDATION_ERROR");
            refused(client.post(path, Map.of("password", Person.PASSWORD)), "MFA_REQUIRED");

            Answer raised = client.post(path, Map.of("code", code));

            assertThat(raised.status()).as(raised.body()).isEqualTo(200);
            refused(client.post(path, Map.of("code", code)), "TOKEN_REVOKED");
            refused(ada.person().with(raised).client().post(path, Map.of("code", code)), "INVALID_MFA_CODE");
            refused(server.client().post(VERIFY, Map.of("mfaToken", handle, "code", code)), "INVALID_MFA_CODE");
        }
    }

    private static TestServer server(TestDatabase database, MutableClock clock) {
        return TestServer.on(database, clock, "limits.enabled", "false");
    }

    /** The body with each field left out, and with each empty. */
    private static List<Map<String, String>> leftOut(Map<String, String> body) {
        List<Map<String, String>> bodies = new ArrayList<>();
        bodies.add(Map.of());
        for (String field : body.keySet()) {
            Map<String, String> without = new LinkedHashMap<>(body);
            without.remove(field);
            bodies.add(without);
            Map<String, String> empty = new LinkedHashMap<>(body);
            empty.put(field, "");
            bodies.add(empty);
        }
        return bodies;
    }

    private static void refused(Answer answer, String code) {
        assertThat(answer.code()).as(answer.body()).isEqualTo(code);
        assertThat(answer.status()).isBetween(400, 499);
        assertThat(answer.body()).doesNotContain("access_token");
        assertThat(answer.cookies()).isEmpty();
    }

    private static AuthenticatorApp app(Answer setup, MutableClock clock) {
        assertThat(setup.status()).as(setup.body()).isEqualTo(200);
        return new AuthenticatorApp(setup.text("/secret"), clock);
    }
}
