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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;

class RecoveryTest {
    private static final String RECOVERY = "/api/v1/mfa/recovery";
    private static final String COMPLETE = "/api/v1/mfa/recovery/complete";

    @BothEngines
    @DisplayName(
            "S1-21 who lost the device waits, and then signs in with the password alone; one of 50 completions counts")
    void wait(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Enrolled ada = Enrolled.of(Person.registered(server, "ada@example.com"), clock);
            String handle = ada.person().login().text("/mfaToken");
            Answer asked = server.client().post(RECOVERY, Map.of("mfaToken", handle));
            assertThat(asked.status()).as(asked.body()).isEqualTo(202);
            assertThat(asked.text("/readyAt"))
                    .isEqualTo(clock.instant().plus(Duration.ofHours(24)).toString());
            String token = server.mails().token("ada@example.com", "recovery");
            assertThat(server.client().post(COMPLETE, Map.of("token", token)).code())
                    .isEqualTo("CONFLICT");
            assertThat(ada.person().login().data("/requiresMFA").asBoolean()).isTrue();
            clock.advance(Duration.ofHours(24));

            List<Answer> answers = Race.of(50, () -> server.client().post(COMPLETE, Map.of("token", token)));

            assertThat(answers).filteredOn(answer -> answer.status() == 204).hasSize(1);
            assertThat(ada.person().me().status()).isEqualTo(401);
            Person again = ada.person().loggedIn();
            assertThat(again.client().get("/api/v1/mfa/status").data("/enabled").asBoolean())
                    .isFalse();
            assertThat(server.auditNames()).contains("mfa.recovery-requested.v1", "mfa.recovery-completed.v1");
        }
    }

    @BothEngines
    @DisplayName("S1-21 who never had a second factor has lost none: a login that must enrol begins no recovery")
    void nothingLost(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "mfa.required-roles", "USER")) {
            Person ada = Person.registered(server, "ada@example.com");
            String handle = ada.login().text("/mfaToken");

            assertThat(server.client()
                            .post(RECOVERY, Map.of("mfaToken", handle))
                            .code())
                    .isEqualTo("LOGIN_EXPIRED");

            Answer page =
                    server.client().with("Cookie", "latchkey_login=" + handle).form("/mfa/lost", Map.of());
            assertThat(page.status()).isEqualTo(303);
            assertThat(page.header("Location")).isEqualTo("/mfa/enrolment");
            assertThat(server.auditNames()).doesNotContain("mfa.recovery-requested.v1");
            assertThat(server.client()
                            .post("/api/v1/mfa/enrolment/setup", Map.of("mfaToken", handle))
                            .status())
                    .isEqualTo(200);
        }
    }

    @BothEngines
    @DisplayName("V6.4.4 a mailed code alone begins no recovery where there is a password, by API and on the page")
    void mailboxAlone(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person registered = Person.registered(server, "ada@example.com");
            String proof = server.mails().token(registered.email(), "verify-email");
            registered.client().post("/api/v1/auth/verify-email", Map.of("token", proof));
            Enrolled ada = Enrolled.of(registered, clock);
            String login = server.client()
                    .post("/api/v1/auth/magic-link", Map.of("email", registered.email()))
                    .text("/loginToken");
            String code = server.mails().code(registered.email(), "login/link");
            String handle = server.client()
                    .post("/api/v1/auth/otp", Map.of("loginToken", login, "code", code))
                    .text("/mfaToken");

            Answer refused = server.client().post(RECOVERY, Map.of("mfaToken", handle));
            assertThat(refused.code()).isEqualTo("CONFLICT");
            assertThat(refused.body()).contains("Sign in with your password first");
            Answer page =
                    server.client().with("Cookie", "latchkey_login=" + handle).form("/mfa/lost", Map.of());
            assertThat(page.status()).isEqualTo(409);
            assertThat(page.body()).contains("Sign in with your password first", "href=\"/login\"");
            assertThat(server.auditNames()).doesNotContain("mfa.recovery-requested.v1");

            String proved = ada.person().login().text("/mfaToken");
            assertThat(ada.person()
                            .anonymous()
                            .post(RECOVERY, Map.of("mfaToken", proved))
                            .status())
                    .isEqualTo(202);
        }
    }

    @BothEngines
    @DisplayName("S1-21 who asks again gets another mail and no other time, three mails an hour and account at most")
    void again(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Enrolled ada = Enrolled.of(Person.registered(server, "ada@example.com"), clock);
            String handle = ada.person().login().text("/mfaToken");
            Set<String> links = new HashSet<>();
            Set<String> times = new HashSet<>();
            for (int i = 1; i <= 3; i++) {
                Answer asked = server.client().from("198.51.100." + i).post(RECOVERY, Map.of("mfaToken", handle));
                assertThat(asked.status()).as(asked.body()).isEqualTo(202);
                times.add(asked.text("/readyAt"));
                links.add(server.mails().token("ada@example.com", "recovery"));
                clock.advance(Duration.ofSeconds(30));
            }
            assertThat(times).hasSize(1);
            assertThat(links).hasSize(3);
            assertThat(server.client()
                            .from("198.51.100.9")
                            .post(RECOVERY, Map.of("mfaToken", handle))
                            .code())
                    .isEqualTo("RATE_LIMITED");
            clock.advance(Duration.ofHours(24));

            String last = server.mails().token("ada@example.com", "recovery");
            assertThat(server.client().post(COMPLETE, Map.of("token", last)).status())
                    .isEqualTo(204);
        }
    }

    @BothEngines
    @DisplayName("N9 one click cancels a recovery, and its link is dead")
    void cancel(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Enrolled ada = Enrolled.of(Person.registered(server, "ada@example.com"), clock);
            server.client()
                    .post(RECOVERY, Map.of("mfaToken", ada.person().login().text("/mfaToken")));
            String token = server.mails().token("ada@example.com", "recovery");

            assertThat(server.client()
                            .post("/api/v1/mfa/recovery/cancel", Map.of("token", token))
                            .status())
                    .isEqualTo(204);

            clock.advance(Duration.ofHours(25));
            assertThat(server.client().post(COMPLETE, Map.of("token", token)).code())
                    .isEqualTo("INVALID_LINK");
        }
    }

    @BothEngines
    @DisplayName("N9 a login that proves a factor cancels the recovery that somebody else asked for")
    void signedIn(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Enrolled ada = Enrolled.of(Person.registered(server, "ada@example.com"), clock);
            String handle = ada.person().login().text("/mfaToken");
            server.client().post(RECOVERY, Map.of("mfaToken", handle));
            String token = server.mails().token("ada@example.com", "recovery");
            clock.advance(Duration.ofSeconds(60));
            assertThat(server.client()
                            .post(
                                    "/api/v1/mfa/verify",
                                    Map.of("mfaToken", handle, "code", ada.app().code()))
                            .status())
                    .isEqualTo(200);

            clock.advance(Duration.ofHours(25));
            assertThat(server.client().post(COMPLETE, Map.of("token", token)).code())
                    .isEqualTo("INVALID_LINK");
        }
    }

    @BothEngines
    @DisplayName("S1-21 where the policy asks for it an administrator agrees first, shortly after a login")
    void approval(TestDatabase database, MutableClock clock) {
        try (TestServer server =
                TestServer.on(database, clock, "mfa.recovery.approval", "true", "token.access-ttl", "2h")) {
            Enrolled ada = Enrolled.of(Person.registered(server, "ada@example.com"), clock);
            Person admin = Person.registered(server, "root@example.com");
            server.grant(admin.email(), "ADMIN");
            String approve = "/api/v1/users/" + ada.person().id() + "/approve-recovery";
            assertThat(admin.client().post(approve).code()).isEqualTo("NOT_FOUND");
            server.client()
                    .post(RECOVERY, Map.of("mfaToken", ada.person().login().text("/mfaToken")));
            String token = server.mails().token("ada@example.com", "recovery");
            clock.advance(Duration.ofHours(24));
            assertThat(server.client().post(COMPLETE, Map.of("token", token)).code())
                    .isEqualTo("CONFLICT");

            Answer approved = admin.loggedIn().client().post(approve);

            assertThat(approved.status()).as(approved.body()).isEqualTo(200);
            assertThat(server.client().post(COMPLETE, Map.of("token", token)).status())
                    .isEqualTo(204);
            assertThat(server.auditNames()).contains("mfa.recovery-approved.v1");
        }
    }
}
