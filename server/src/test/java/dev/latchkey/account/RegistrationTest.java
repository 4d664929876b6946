package dev.latchkey.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.Race;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

class RegistrationTest {
    private static final String REGISTER = "/api/v1/auth/register";

    @BothEngines
    @DisplayName("C32 a taken address is 409 where verification is optional, in whatever case it is typed")
    void taken(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person.registered(server, "ada@example.com");

            Answer again =
                    server.client().post(REGISTER, Map.of("email", " ADA@Example.COM ", "password", Person.PASSWORD));

            assertThat(again.status()).isEqualTo(409);
            assertThat(again.code()).isEqualTo("USER_EXISTS");
        }
    }

    @BothEngines
    @DisplayName("V15.4.2 of 50 parallel sign-ups with one address one makes the account")
    void race(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(
                database, clock, "limits.enabled", "false", "password.hashing-waiting-per-address", "100")) {
            List<Answer> answers = Race.of(
                    50,
                    () -> server.client()
                            .post(REGISTER, Map.of("email", "ada@example.com", "password", Person.PASSWORD)));

            assertThat(answers.stream().filter(answer -> answer.status() == 201))
                    .hasSize(1);
            assertThat(answers.stream().filter(answer -> answer.status() != 201))
                    .allSatisfy(answer -> assertThat(answer.status()).isIn(409, 503));
        }
    }

    @BothEngines
    @DisplayName("S0-03 every rejected field is told at once, and a weak password with its reasons")
    void validation(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Answer empty = server.client().post(REGISTER, Map.of("email", "nonsense", "mode", "carrier-pigeon"));
            Answer weak = server.client()
                    .post(REGISTER, Map.of("email", "ada@example.com", "password", "password1", "name", "Ada"));

            assertThat(empty.status()).isEqualTo(422);
            assertThat(empty.json().at("/error/details").findValuesAsString("field"))
                    .containsExactlyInAnyOrder("email", "password", "mode");
            assertThat(weak.status()).isEqualTo(422);
            assertThat(weak.json().at("/error/details/0/field").asString()).isEqualTo("password");
        }
    }

    @BothEngines
    @DisplayName(
            "design 7: sign-up can be closed, by invitation only, or for some domains, whose addresses must be proved")
    void modes(TestDatabase database, MutableClock clock) {
        Map<String, Integer> expected = new HashMap<>();
        expected.put("closed", 403);
        expected.put("invite-only", 403);
        expected.put("domains", 403);
        expected.put("open", 201);
        expected.forEach((mode, status) -> {
            try (TestServer server = TestServer.on(
                    database, clock, "registration.mode", mode, "registration.domains", "company.example")) {
                Answer answer = server.client()
                        .post(REGISTER, Map.of("email", mode + "@example.com", "password", Person.PASSWORD));
                assertThat(answer.status()).as(mode).isEqualTo(status);
            }
        });
        try (TestServer server = TestServer.on(
                database, clock, "registration.mode", "domains", "registration.domains", "company.example")) {
            Answer inside =
                    server.client().post(REGISTER, Map.of("email", "ada@Company.Example", "password", Person.PASSWORD));
            assertThat(inside.status()).isEqualTo(202);
            assertThat(server.client()
                            .post(
                                    "/api/v1/auth/login",
                                    Map.of("email", "ada@company.example", "password", Person.PASSWORD))
                            .code())
                    .isEqualTo("EMAIL_NOT_VERIFIED");
        }
    }

    @BothEngines
    @DisplayName(
            "API6 where sign-up answers by mail, an address is mailed three times an hour at most, free or taken alike")
    void mailsAreBounded(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "registration.verification", "required")) {
            for (String email : List.of("victim@example.com", "free@example.com")) {
                for (int i = 0; i < 3; i++) {
                    assertThat(register(server, email, i).status()).isEqualTo(202);
                }
                assertThat(register(server, email, 9).code()).isEqualTo("RATE_LIMITED");
                assertThat(server.mails().to(email)).hasSize(3);
            }
        }
    }

    private static Answer register(TestServer server, String email, int address) {
        return server.client()
                .from("198.51.100." + address)
                .post("/api/v1/auth/register", Map.of("email", email, "password", Person.PASSWORD));
    }

    @BothEngines
    @DisplayName("S4-13 required consents are required")
    void requiredConsents(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "registration.required-consents", "terms,privacy")) {
            Answer without = server.client()
                    .post(
                            REGISTER,
                            Map.of(
                                    "email",
                                    "ada@example.com",
                                    "password",
                                    Person.PASSWORD,
                                    "consents",
                                    Map.of("terms", true, "privacy", false)));
            Answer with = server.client()
                    .post(
                            REGISTER,
                            Map.of(
                                    "email",
                                    "ada@example.com",
                                    "password",
                                    Person.PASSWORD,
                                    "consents",
                                    Map.of("terms", true, "privacy", true)));

            assertThat(without.status()).isEqualTo(422);
            assertThat(without.json().at("/error/details/0/field").asString()).isEqualTo("consents.privacy");
            assertThat(with.status()).isEqualTo(201);
        }
    }

    @BothEngines
    @DisplayName("S2-14 remember me: the refresh token lives 30 days")
    void rememberMe(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Answer registered = server.client()
                    .post(
                            REGISTER,
                            Map.of("email", "ada@example.com", "password", Person.PASSWORD, "rememberMe", true));
            Person ada = new Person(
                    server,
                    "ada@example.com",
                    Person.PASSWORD,
                    registered.text("/access_token"),
                    registered.text("/refresh_token"));
            clock.advance(Duration.ofDays(29));

            assertThat(ada.refresh().status()).isEqualTo(200);
        }
    }
}
