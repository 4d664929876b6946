package dev.latchkey.mfa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

class StepUpTest {
    private static final String REAUTHENTICATE = "/api/v1/auth/reauthenticate";

    @BothEngines
    @DisplayName("S1-21 a code raises a session that had proved the password alone to two factors; it works once")
    void code(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Enrolled ada = Enrolled.of(Person.registered(server, "ada@example.com"), clock);
            clock.advance(Duration.ofSeconds(60));
            assertThat(Tokens.claims(ada.person().accessToken())).contains("\"acr\":\"1\"");
            Map<String, String> body = Map.of("code", ada.app().code());

            Answer raised = ada.person().client().post(REAUTHENTICATE, body);

            assertThat(raised.status()).as(raised.body()).isEqualTo(200);
            assertThat(Tokens.claims(raised.text("/access_token")))
                    .contains("\"acr\":\"2\"", "\"amr\":[\"mfa\",\"otp\",\"pwd\"]");
            assertThat(ada.person().me().status()).isEqualTo(401);
            Person again = ada.person().with(raised);
            assertThat(again.client().post(REAUTHENTICATE, body).code()).isEqualTo("INVALID_MFA_CODE");
            assertThat(again.me().status()).isEqualTo(200);
            assertThat(again.client().post(REAUTHENTICATE, Map.of()).code()).isEqualTo("VALIDATION_ERROR");
        }
    }

    @BothEngines
    @DisplayName("V7.5.1 who has a second factor steps up by it: the password alone makes no old proof of it new")
    void password(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "token.access-ttl", "12h")) {
            Enrolled ada = Enrolled.of(Person.registered(server, "ada@example.com"), clock);
            clock.advance(Duration.ofSeconds(60));
            Person signedIn = ada.person()
                    .with(server.client()
                            .post(
                                    "/api/v1/mfa/verify",
                                    Map.of(
                                            "mfaToken", ada.person().login().text("/mfaToken"),
                                            "code", ada.app().code())));

            clock.advance(Duration.ofHours(2));

            Answer refused = signedIn.client().post(REAUTHENTICATE, Map.of("password", Person.PASSWORD));

            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.code()).isEqualTo("MFA_REQUIRED");
            assertThat(refused.json().at("/error/details").toString())
                    .contains("\"methods\"", "\"totp\"", "\"backup-code\"")
                    .doesNotContain("\"password\"");
            Answer byPassword = signedIn.client()
                    .post(
                            "/api/v1/auth/change-password",
                            Map.of("currentPassword", Person.PASSWORD, "newPassword", "lamp-Meadow-77-oboe"));
            assertThat(byPassword.code()).isEqualTo("REAUTHENTICATION_REQUIRED");
            assertThat(byPassword.json().at("/error/details/0/field").asString())
                    .isEqualTo("auth_time");
            assertThat(signedIn.client()
                            .delete("/api/v1/auth/me", Map.of("password", Person.PASSWORD))
                            .code())
                    .isEqualTo("REAUTHENTICATION_REQUIRED");

            Answer raised = signedIn.client()
                    .post(REAUTHENTICATE, Map.of("code", ada.app().code()));
            assertThat(raised.status()).as(raised.body()).isEqualTo(200);
            assertThat(Tokens.claims(raised.text("/access_token"))).contains("\"amr\":[\"mfa\",\"otp\",\"pwd\"]");
            assertThat(signedIn.with(raised)
                            .client()
                            .post("/api/v1/mfa/setup", Map.of())
                            .status())
                    .isEqualTo(200);
        }
    }

    @BothEngines
    @DisplayName("V7.5.3 an account without a second factor steps up by its password")
    void withoutFactor(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "token.access-ttl", "12h")) {
            Person ada = Person.registered(server, "ada@example.com");
            clock.advance(Duration.ofHours(2));
            assertThat(ada.client().post("/api/v1/mfa/setup", Map.of()).code()).isEqualTo("REAUTHENTICATION_REQUIRED");

            Answer raised = ada.client().post(REAUTHENTICATE, Map.of("password", Person.PASSWORD));

            assertThat(raised.status()).as(raised.body()).isEqualTo(200);
            assertThat(ada.with(raised)
                            .client()
                            .post("/api/v1/mfa/setup", Map.of())
                            .status())
                    .isEqualTo(200);
        }
    }

    @BothEngines
    @DisplayName("N9 setting a factor up makes two of what the session had proved; the next token says so")
    void enrolling(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            Person before = ada.loggedIn();
            Enrolled enrolled = Enrolled.of(ada, clock);

            assertThat(Tokens.claims(ada.refresh().text("/access_token"))).contains("\"acr\":\"2\"");
            assertThat(ada.client().post("/api/v1/mfa/setup", Map.of()).status())
                    .isEqualTo(200);
            assertThat(Tokens.claims(before.refresh().text("/access_token"))).contains("\"acr\":\"1\"");
            Answer refused = before.client().post("/api/v1/mfa/setup", Map.of());
            assertThat(refused.code()).isEqualTo("REAUTHENTICATION_REQUIRED");
            assertThat(refused.json().at("/error/details/0/field").asString()).isEqualTo("acr");

            clock.advance(Duration.ofSeconds(60));
            Map<String, String> code = Map.of("code", enrolled.app().code());
            Person raised = before.with(before.client().post(REAUTHENTICATE, code));
            assertThat(raised.client().post("/api/v1/mfa/setup", Map.of()).status())
                    .isEqualTo(200);
        }
    }
}
