package dev.latchkey.mfa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.Race;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

class PhoneTest {
    private static final String[] ON = {"mfa.sms.enabled", "true", "sms.allowed-prefixes", "+49,+43"};
    private static final String[] ON_WITHOUT_LIMITS = {
        "mfa.sms.enabled", "true", "sms.allowed-prefixes", "+49,+43", "limits.enabled", "false"
    };
    private static final String NUMBER = "+4930123456";
    private static final String SETUP = "/api/v1/mfa/sms/setup";
    private static final String ENABLE = "/api/v1/mfa/sms/enable";
    private static final String SEND = "/api/v1/mfa/sms/send";
    private static final String VERIFY = "/api/v1/mfa/verify";

    @BothEngines
    @DisplayName("S1-02 S1-21 a number is proved by a code, brings backup codes, and is told by mail by its end alone")
    void proved(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, ON)) {
            Person ada = Person.registered(server, "ada@example.com");

            Answer sent = ada.client().post(SETUP, Map.of("phoneNumber", "+49 (30) 123-456"));
            assertThat(sent.status()).as(sent.body()).isEqualTo(202);
            assertThat(sent.text("/sentTo")).endsWith("56").doesNotContain("123");
            assertThat(ada.client().get("/api/v1/mfa/status").data("/enabled").asBoolean())
                    .isFalse();
            Answer enabled =
                    ada.client().post(ENABLE, Map.of("code", server.mails().textedCode(NUMBER)));

            assertThat(enabled.status()).as(enabled.body()).isEqualTo(200);
            assertThat(enabled.texts("/backupCodes")).hasSize(10);
            Answer status = ada.client().get("/api/v1/mfa/status");
            assertThat(status.data("/enabled").asBoolean()).isTrue();
            assertThat(status.text("/sms/number")).endsWith("56").doesNotContain("123");
            assertThat(server.mails().subjectsTo("ada@example.com").getFirst()).contains("second factor was added");
            assertThat(server.auditNames()).contains("mfa.code-sent.v1", "mfa.factor-added.v1", "mfa.enabled.v1");
        }
    }

    @BothEngines
    @DisplayName("S1-21 V6.6.2 a login asks for the texted code, and takes it once, for the login that asked alone")
    void login(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, ON)) {
            Person ada = enrolled(server);
            Answer challenged = ada.login();
            assertThat(challenged.texts("/methods")).containsExactly("backup-code", "sms");
            String handle = challenged.text("/mfaToken");
            String other = ada.login().text("/mfaToken");

            Answer sent = server.client().post(SEND, Map.of("userId", handle));

            assertThat(sent.status()).as(sent.body()).isEqualTo(202);
            String code = server.mails().textedCode(NUMBER);
            assertThat(server.client()
                            .post(VERIFY, Map.of("mfaToken", other, "code", code))
                            .code())
                    .isEqualTo("INVALID_MFA_CODE");
            Answer done = server.client().post(VERIFY, Map.of("mfaToken", handle, "token", code));
            assertThat(done.status()).as(done.body()).isEqualTo(200);
            assertThat(Tokens.claims(done.text("/access_token")))
                    .contains("\"acr\":\"2\"", "\"amr\":[\"mfa\",\"pwd\",\"sms\"]");
            assertThat(server.client()
                            .post(VERIFY, Map.of("mfaToken", handle, "code", code))
                            .code())
                    .isEqualTo("LOGIN_EXPIRED");
            assertThat(ada.with(done).client().get("/api/v1/mfa/status").text("/sms/lastUsedAt"))
                    .isNotEmpty();
        }
    }

    @BothEngines
    @DisplayName("V6.5.1 of 50 uses of one texted code at once one signs in")
    void race(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, ON_WITHOUT_LIMITS)) {
            Person ada = enrolled(server);
            String handle = ada.login().text("/mfaToken");
            server.client().post(SEND, Map.of("mfaToken", handle));
            Map<String, String> body =
                    Map.of("mfaToken", handle, "code", server.mails().textedCode(NUMBER));

            List<Answer> answers = Race.of(50, () -> server.client().post(VERIFY, body));

            assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
            assertThat(answers)
                    .filteredOn(answer -> answer.status() != 200)
                    .extracting(Answer::code)
                    .isSubsetOf("INVALID_MFA_CODE", "LOGIN_EXPIRED");
        }
    }

    @BothEngines
    @DisplayName("V6.6.3 a texted code dies after five wrong tries, and after ten minutes")
    void tries(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, ON_WITHOUT_LIMITS)) {
            Person ada = enrolled(server);
            String handle = ada.login().text("/mfaToken");
            server.client().post(SEND, Map.of("mfaToken", handle));
            String code = server.mails().textedCode(NUMBER);
            String wrong = code.equals("000000") ? "000001" : "000000";
            for (int i = 0; i < 5; i++) {
                assertThat(verify(server, handle, wrong).code()).isEqualTo("INVALID_MFA_CODE");
            }
            assertThat(verify(server, handle, code).code()).isEqualTo("INVALID_MFA_CODE");

            ada.client().post("/api/v1/mfa/sms/step-up", Map.of());
            String stepUp = server.mails().textedCode(NUMBER);
            clock.advance(Duration.ofMinutes(10));
            assertThat(ada.client()
                            .post("/api/v1/auth/reauthenticate", Map.of("code", stepUp))
                            .code())
                    .isEqualTo("INVALID_MFA_CODE");
        }
    }

    @BothEngines
    @DisplayName("S1-21 a texted code raises a session to two factors, in that session alone")
    void stepUp(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, ON)) {
            Person ada = enrolled(server);
            assertThat(ada.client().post("/api/v1/mfa/sms/step-up", Map.of()).status())
                    .isEqualTo(202);

            Answer raised = ada.client()
                    .post(
                            "/api/v1/auth/reauthenticate",
                            Map.of("code", server.mails().textedCode(NUMBER)));

            assertThat(raised.status()).as(raised.body()).isEqualTo(200);
            assertThat(Tokens.claims(raised.text("/access_token"))).contains("\"acr\":\"2\"");
        }
    }

    @BothEngines
    @DisplayName(
            "V7.5.1 a number is removed, and two-step sign-in with the last factor; a new number takes the old one's place")
    void removed(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, ON)) {
            Person ada = enrolled(server);
            ada.client().post(SETUP, Map.of("phone", "+43 1 234567"));
            assertThat(ada.client()
                            .post(ENABLE, Map.of("code", server.mails().textedCode("+431234567")))
                            .texts("/backupCodes"))
                    .isEmpty();
            assertThat(ada.client().get("/api/v1/mfa/status").text("/sms/number"))
                    .endsWith("67");
            assertThat(server.auditNames()).contains("mfa.factor-removed.v1");

            assertThat(ada.client().delete("/api/v1/mfa/sms").status()).isEqualTo(204);

            assertThat(ada.login().text("/access_token")).isNotEmpty();
            assertThat(ada.client().delete("/api/v1/mfa/sms").code()).isEqualTo("NOT_FOUND");
            assertThat(ada.client().get("/api/v1/mfa/status").data("/enabled").asBoolean())
                    .isFalse();
        }
    }

    @BothEngines
    @DisplayName("S1-21 a code texted to the session switches two-step sign-in off; a wrong one does not")
    void disabled(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, ON)) {
            Person ada = enrolled(server);
            assertThat(ada.client()
                            .post("/api/v1/mfa/disable", Map.of("code", "000000"))
                            .code())
                    .isEqualTo("INVALID_MFA_CODE");
            ada.client().post("/api/v1/mfa/sms/step-up", Map.of());

            Answer disabled = ada.client()
                    .post("/api/v1/mfa/disable", Map.of("code", server.mails().textedCode(NUMBER)));

            assertThat(disabled.status()).as(disabled.body()).isEqualTo(200);
            assertThat(ada.login().text("/access_token")).isNotEmpty();
        }
    }

    @BothEngines
    @DisplayName("N9 a recovery is told by text too, when asked for and when complete, and removes the number")
    void recovery(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, ON)) {
            Person ada = enrolled(server);
            String handle = ada.login().text("/mfaToken");
            assertThat(ada.anonymous()
                            .post("/api/v1/mfa/recovery", Map.of("mfaToken", handle))
                            .status())
                    .isEqualTo(202);
            assertThat(server.mails().textsTo(NUMBER).getFirst()).contains("without your second factor");

            clock.advance(Duration.ofDays(4));
            String link = server.mails().token("ada@example.com", "recovery");
            assertThat(ada.anonymous()
                            .post("/api/v1/mfa/recovery/complete", Map.of("token", link))
                            .status())
                    .isEqualTo(204);

            assertThat(server.mails().textsTo(NUMBER).getFirst()).contains("were removed");
            Person again = ada.loggedIn();
            assertThat(again.client().get("/api/v1/mfa/status").body()).doesNotContain("\"number\"");
        }
    }

    @BothEngines
    @DisplayName("S1-21 wrong, empty and reordered steps of a setup are refused; numbers of other countries too")
    void wrongSteps(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, ON_WITHOUT_LIMITS)) {
            Person ada = Person.registered(server, "ada@example.com");
            assertThat(ada.client().post(ENABLE, Map.of("code", "123456")).code())
                    .isEqualTo("NO_PENDING_SETUP");
            assertThat(ada.client().post(ENABLE, Map.of()).code()).isEqualTo("VALIDATION_ERROR");
            for (String number : List.of("", "030 123456", "+1", "+1 555 0100 222", "hello", "+49 30 12345678901234")) {
                assertThat(ada.client()
                                .post(SETUP, Map.of("phoneNumber", number))
                                .code())
                        .as(number)
                        .isEqualTo("VALIDATION_ERROR");
            }
            ada.client().post(SETUP, Map.of("phoneNumber", NUMBER));
            String code = server.mails().textedCode(NUMBER);
            // The code proves a number; it raises nothing.
            assertThat(ada.client()
                            .post("/api/v1/auth/reauthenticate", Map.of("code", code))
                            .code())
                    .isEqualTo("INVALID_MFA_CODE");
            Person elsewhere = ada.loggedIn();
            assertThat(elsewhere.client().post(ENABLE, Map.of("code", code)).code())
                    .isEqualTo("NO_PENDING_SETUP");
            assertThat(ada.client().post(ENABLE, Map.of("code", code)).status()).isEqualTo(200);
            assertThat(ada.client().post(ENABLE, Map.of("code", code)).code()).isEqualTo("NO_PENDING_SETUP");
            assertThat(server.client().post(SEND, Map.of("mfaToken", "made-up")).code())
                    .isEqualTo("LOGIN_EXPIRED");
        }
    }

    @BothEngines
    @DisplayName(
            "S1-21 a stranger who sets somebody's number up again and again does not keep that one's codes from them")
    void strangersSetup(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, ON)) {
            Person ada = enrolled(server);
            Person eve = Person.registered(server, "eve@example.com");
            int tries = 0;
            while (eve.client().post(SETUP, Map.of("phoneNumber", NUMBER)).status() == 202 && tries < 20) {
                tries++;
            }
            assertThat(eve.client().post(SETUP, Map.of("phoneNumber", NUMBER)).status())
                    .isEqualTo(429);

            String handle = ada.login().text("/mfaToken");
            assertThat(ada.anonymous().post(SEND, Map.of("mfaToken", handle)).status())
                    .isEqualTo(202);
        }
    }

    @BothEngines
    @DisplayName(
            "S1-21 texts are limited by number and account, and off unless turned on; proved numbers stay asked for")
    void limits(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, ON)) {
            Person ada = enrolled(server);
            String handle = ada.login().text("/mfaToken");
            for (int i = 0; i < 5; i++) {
                assertThat(server.client()
                                .post(SEND, Map.of("mfaToken", handle))
                                .status())
                        .isEqualTo(202);
            }
            assertThat(server.client().post(SEND, Map.of("mfaToken", handle)).code())
                    .isEqualTo("RATE_LIMITED");
        }
        try (TestServer server = TestServer.on(database, clock)) {
            Person eve = Person.registered(server, "eve@example.com");
            assertThat(eve.client()
                            .post(SETUP, Map.of("phoneNumber", "+43 1 234567"))
                            .code())
                    .isEqualTo("NOT_FOUND");
            Answer login = eve.anonymous()
                    .post("/api/v1/auth/login", Map.of("email", "ada@example.com", "password", Person.PASSWORD));
            assertThat(login.texts("/methods")).containsExactly("backup-code", "sms");
        }
    }

    private static Answer verify(TestServer server, String handle, String code) {
        return server.client().post(VERIFY, Map.of("mfaToken", handle, "code", code));
    }

    private static Person enrolled(TestServer server) {
        Person ada = Person.registered(server, "ada@example.com");
        Answer sent = ada.client().post(SETUP, Map.of("phoneNumber", NUMBER));
        assertThat(sent.status()).as(sent.body()).isEqualTo(202);
        Answer enabled = ada.client().post(ENABLE, Map.of("code", server.mails().textedCode(NUMBER)));
        assertThat(enabled.status()).as(enabled.body()).isEqualTo(200);
        return ada;
    }
}
