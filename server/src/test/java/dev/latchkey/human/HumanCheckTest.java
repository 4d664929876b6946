package dev.latchkey.human;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.ApiClient;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.Race;
import dev.latchkey.boot.TestServer;
import dev.latchkey.boot.TwoNodes;
import dev.latchkey.boot.TwoNodes.Sharing;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.Engine;
import dev.latchkey.db.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The built-in check, as a client meets it. */
class HumanCheckTest {
    private static final String LOGIN = "/api/v1/auth/login";
    private static final String WRONG = "not-the-password-1";

    private static TestServer server(TestDatabase database, MutableClock clock, String... more) {
        List<String> settings = new ArrayList<>(List.of("human-check.enabled", "true", "human-check.least-work", "10"));
        settings.addAll(List.of(more));
        return TestServer.on(database, clock, settings.toArray(String[]::new));
    }

    @BothEngines
    @DisplayName("S3-18 off by default: five 401s, then 429, and never a challenge")
    void offByDefault(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            ApiClient stranger = server.client().from("198.51.100.1");
            for (int i = 0; i < 5; i++) {
                assertThat(login(stranger, "eve@example.com", WRONG).status()).isEqualTo(401);
            }
            assertThat(login(stranger, "eve@example.com", WRONG).status()).isEqualTo(429);
        }
    }

    @BothEngines
    @DisplayName(
            "S3-18 after three failures of an e-mail the fourth login, from anywhere, is asked; solved, it goes on")
    void asksByEmail(TestDatabase database, MutableClock clock) {
        try (TestServer server = server(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            for (int i = 0; i < 3; i++) {
                assertThat(login(from(server, i), ada.email(), WRONG).status()).isEqualTo(401);
            }

            Answer asked = login(from(server, 9), ada.email(), Person.PASSWORD);
            assertThat(asked.status()).isEqualTo(403);
            assertThat(asked.code()).isEqualTo("CAPTCHA_REQUIRED");
            JsonNode challenge = challenge(asked);
            assertThat(challenge.at("/kind").asString()).isEqualTo("proof-of-work");
            assertThat(challenge.at("/algorithm").asString()).isEqualTo("SHA-256");
            assertThat(challenge.at("/action").asString()).isEqualTo("login");
            assertThat(challenge.at("/waitSeconds").asInt()).isEqualTo(30);
            assertThat(challenge.at("/expiresAt").asString()).isEqualTo("2030-01-01T00:05:00Z");
            assertThat(server.client().get(challenge.at("/script").asString()).status())
                    .isEqualTo(200);

            Answer solved = login(from(server, 9), ada.email(), Person.PASSWORD, Solver.solve(challenge));
            assertThat(solved.status()).as(solved.body()).isEqualTo(200);
            // The right password ends the row of failures of this e-mail.
            assertThat(login(from(server, 8), ada.email(), WRONG).status()).isEqualTo(401);
        }
    }

    @BothEngines
    @DisplayName("S3-18 after three failures of an address every login from there is asked, whatever the e-mail")
    void asksByAddress(TestDatabase database, MutableClock clock) {
        try (TestServer server = server(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            ApiClient one = from(server, 1);
            for (int i = 0; i < 3; i++) {
                assertThat(login(one, "nobody" + i + "@example.com", WRONG).status())
                        .isEqualTo(401);
            }
            Answer asked = login(one, ada.email(), Person.PASSWORD);
            assertThat(asked.code()).isEqualTo("CAPTCHA_REQUIRED");
            assertThat(login(from(server, 2), ada.email(), Person.PASSWORD).status())
                    .isEqualTo(200);
            assertThat(login(one, ada.email(), Person.PASSWORD, Solver.solve(challenge(asked)))
                            .status())
                    .isEqualTo(200);
            // A success washes nothing away of what the address did before.
            assertThat(login(one, ada.email(), Person.PASSWORD).code()).isEqualTo("CAPTCHA_REQUIRED");
            clock.advance(Duration.ofMinutes(15));
            assertThat(login(one, ada.email(), Person.PASSWORD).status()).isEqualTo(200);
        }
    }

    @BothEngines
    @DisplayName("S3-18 V6.3.8 known and unknown e-mails are asked alike")
    void sameForUnknown(TestDatabase database, MutableClock clock) {
        try (TestServer server = server(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            for (String email : List.of(ada.email(), "nobody@example.com")) {
                for (int i = 0; i < 3; i++) {
                    assertThat(login(from(server, i + email.length()), email, WRONG)
                                    .status())
                            .isEqualTo(401);
                }
                Answer asked = login(from(server, 99), email, WRONG);
                assertThat(asked.code()).isEqualTo("CAPTCHA_REQUIRED");
                assertThat(asked.json().at("/error").propertyNames())
                        .containsExactlyInAnyOrder("code", "message", "details", "challenge");
                Answer solved = login(from(server, 99), email, WRONG, Solver.solve(challenge(asked)));
                assertThat(solved.status()).isEqualTo(401);
            }
        }
    }

    @BothEngines
    @DisplayName(
            "S3-18 V6.3.8 a password that somebody signed up with ends no row of failures, at a taken address or a free one")
    void signUpsPassword(TestDatabase database, MutableClock clock) {
        try (TestServer server = server(database, clock, "registration.verification", "required")) {
            register(server, "ada@example.com", null);
            String link = server.mails().token("ada@example.com", "verify-email");
            server.client().post("/api/v1/auth/verify-email", Map.of("token", link));
            for (String email : List.of("ada@example.com", "free@example.com")) {
                String mine = "lamp-Meadow-77-oboe";
                server.client()
                        .from("203.0.113." + email.length())
                        .post("/api/v1/auth/register", Map.of("email", email, "password", mine));
                int address = email.length() * 4;
                assertThat(login(from(server, address), email, WRONG).status()).isEqualTo(401);
                assertThat(login(from(server, address + 1), email, WRONG).status())
                        .isEqualTo(401);
                assertThat(login(from(server, address + 2), email, mine).code()).isEqualTo("EMAIL_NOT_VERIFIED");

                assertThat(login(from(server, address + 3), email, WRONG).code())
                        .isEqualTo("CAPTCHA_REQUIRED");
            }
        }
    }

    @BothEngines
    @DisplayName("S3-18 of 50 uses of one solution at once one is let in")
    void singleUse(TestDatabase database, MutableClock clock) {
        try (TestServer server = server(
                database,
                clock,
                "human-check.always",
                "login",
                "limits.enabled",
                "false",
                "password.hashing-waiting-per-address",
                "50")) {
            Person ada = Person.registered(server, "ada@example.com");
            String answer = Solver.solve(challenge(login(from(server, 1), ada.email(), Person.PASSWORD)));

            List<Answer> answers =
                    Race.of(50, () -> login(from(server, 1).unshared(), ada.email(), Person.PASSWORD, answer));

            assertUsedOnce(answers);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("S3-18 principle 3: of 50 uses of one solution at two nodes one is let in")
    void singleUseOnTwoNodes(Sharing sharing) {
        try (TwoNodes nodes = TwoNodes.sharing(
                sharing,
                "human-check.enabled",
                "true",
                "human-check.least-work",
                "10",
                "human-check.always",
                "login",
                "limits.enabled",
                "false",
                "password.hashing-waiting-per-address",
                "50")) {
            Person ada = Person.registered(nodes.first(), "ada@example.com");
            String answer = Solver.solve(challenge(login(from(nodes.first(), 1), ada.email(), Person.PASSWORD)));

            assertUsedOnce(Race.of(
                    50, () -> login(from(nodes.next(), 1).unshared(), ada.email(), Person.PASSWORD, answer)));
        }
    }

    @Test
    @DisplayName("S0-37 S3-18 two nodes count together, and a solution that one took the other refuses")
    void twoNodes(@TempDir Path folder) {
        MutableClock clock = new MutableClock();
        try (TestDatabase database = TestDatabase.on(Engine.POSTGRESQL);
                TestServer one = server(database, clock);
                TestServer two = server(database, clock, "data.directory", folder.toString())) {
            Person ada = Person.registered(one, "ada@example.com");
            login(from(one, 1), ada.email(), WRONG);
            login(from(two, 2), ada.email(), WRONG);
            login(from(one, 3), ada.email(), WRONG);
            String answer = Solver.solve(challenge(login(from(two, 4), ada.email(), WRONG)));

            assertThat(login(from(one, 5), ada.email(), WRONG, answer).status()).isEqualTo(401);
            assertThat(login(from(two, 6), ada.email(), WRONG, answer)
                            .json()
                            .at("/error/details/0/code")
                            .asString())
                    .isEqualTo("spent");
        }
    }

    @BothEngines
    @DisplayName("S3-18 an answer that is wrong, late, changed or for something else is refused with a new challenge")
    void refusesOthers(TestDatabase database, MutableClock clock) {
        try (TestServer server =
                server(database, clock, "human-check.always", "login,register", "limits.enabled", "false")) {
            Person ada = person(server, "ada@example.com");
            JsonNode challenge = challenge(login(from(server, 1), ada.email(), Person.PASSWORD));
            String right = Solver.solve(challenge);
            String signed = challenge.at("/challenge").asString();

            assertThat(reason(server, ada, signed + "~1.2.3")).isEqualTo("wrong_solution");
            assertThat(reason(server, ada, right.replace('~', '.'))).isEqualTo("malformed");
            assertThat(reason(server, ada, signed + "~" + "9".repeat(3000))).isEqualTo("malformed");
            assertThat(reason(server, ada, "pow1.AAAA.AAAA~1")).isEqualTo("malformed");
            assertThat(reason(server, ada, "x")).isEqualTo("malformed");
            String otherEnd = signed.endsWith("A") ? "E" : "A";
            assertThat(reason(server, ada, signed.substring(0, signed.length() - 1) + otherEnd))
                    .isEqualTo("malformed");
            assertThat(reason(server, ada, signed)).isEqualTo("too_early");
            String forRegister = Solver.solve(challenge(register(server, "new@example.com", null)));
            assertThat(reason(server, ada, forRegister)).isEqualTo("other_purpose");
            clock.advance(Duration.ofMinutes(5));
            assertThat(reason(server, ada, right)).isEqualTo("expired");
        }
    }

    @BothEngines
    @DisplayName(
            "S3-18 without JavaScript: who waits half a minute may send the challenge back unsolved, one at a time")
    void patience(TestDatabase database, MutableClock clock) {
        try (TestServer server = server(database, clock, "human-check.always", "login", "limits.enabled", "false")) {
            Person ada = Person.registered(server, "ada@example.com");
            String first = unsolved(server, ada);
            String second = unsolved(server, ada);
            clock.advance(Duration.ofSeconds(29));
            assertThat(reason(server, ada, first)).isEqualTo("too_early");
            clock.advance(Duration.ofSeconds(1));

            assertThat(login(from(server, 1), ada.email(), Person.PASSWORD, first)
                            .status())
                    .isEqualTo(200);
            assertThat(reason(server, ada, second)).isEqualTo("one_at_a_time");
            clock.advance(Duration.ofSeconds(30));
            assertThat(reason(server, ada, first)).isEqualTo("spent");
        }
    }

    @BothEngines
    @DisplayName("S3-18 whoever is only asked loses no try: three 401s, a challenge, then two more tries before 429")
    void askedIsNoTry(TestDatabase database, MutableClock clock) {
        try (TestServer server = server(database, clock)) {
            ApiClient one = from(server, 1);
            for (int i = 0; i < 3; i++) {
                assertThat(login(one, "eve@example.com", WRONG).status()).isEqualTo(401);
            }
            for (int i = 0; i < 2; i++) {
                JsonNode challenge = challenge(login(one, "eve@example.com", WRONG));
                assertThat(login(one, "eve@example.com", WRONG, Solver.solve(challenge))
                                .status())
                        .isEqualTo(401);
            }
            assertThat(login(one, "eve@example.com", WRONG).status()).isEqualTo(429);
        }
    }

    @BothEngines
    @DisplayName(
            "S3-18 a browser that completed a login is not asked for what others did behind its address or to its e-mail")
    void knownDevice(TestDatabase database, MutableClock clock) {
        try (TestServer server = server(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            String device = login(from(server, 1), ada.email(), Person.PASSWORD).cookie("latchkey_device");
            for (int i = 0; i < 3; i++) {
                login(from(server, 1), ada.email(), WRONG);
            }
            assertThat(login(from(server, 1), ada.email(), Person.PASSWORD).code())
                    .isEqualTo("CAPTCHA_REQUIRED");

            ApiClient known = from(server, 1).with("Cookie", "latchkey_device=" + device);
            assertThat(login(known, ada.email(), Person.PASSWORD).status()).isEqualTo(200);
        }
    }

    @BothEngines
    @DisplayName("S3-18 refused answers are on record, with the reason; what was asked and passed is counted")
    void audited(TestDatabase database, MutableClock clock) {
        try (TestServer server = server(database, clock, "human-check.always", "login")) {
            Person ada = Person.registered(server, "ada@example.com");
            JsonNode challenge = challenge(login(from(server, 1), ada.email(), Person.PASSWORD));
            assertThat(reason(server, ada, "x")).isEqualTo("malformed");
            assertThat(reason(server, ada, "x")).isEqualTo("malformed");
            assertThat(login(from(server, 1), ada.email(), Person.PASSWORD, Solver.solve(challenge))
                            .status())
                    .isEqualTo(200);

            assertThat(server.auditNames())
                    .filteredOn("access.human-check-failed.v1"::equals)
                    .hasSize(2);
            assertThat(server.auditReasons("access.human-check-failed.v1")).containsOnly("malformed");
            assertThat(server.metrics().lines())
                    .contains(
                            "latchkey_human_checks_total{purpose=\"login\",outcome=\"asked\"} 1",
                            "latchkey_human_checks_total{purpose=\"login\",outcome=\"refused\"} 2",
                            "latchkey_human_checks_total{purpose=\"login\",outcome=\"passed\"} 1");
        }
    }

    private static void assertUsedOnce(List<Answer> answers) {
        assertThat(answers.stream().filter(it -> it.status() == 200)).hasSize(1);
        assertThat(answers.stream().filter(it -> it.status() == 403))
                .hasSize(answers.size() - 1)
                .allSatisfy(refused -> {
                    assertThat(refused.code()).isEqualTo("CAPTCHA_REQUIRED");
                    assertThat(refused.json().at("/error/details/0/code").asString())
                            .isEqualTo("spent");
                });
    }

    private static String reason(TestServer server, Person person, String answer) {
        Answer refused = login(from(server, 1), person.email(), Person.PASSWORD, answer);
        assertThat(refused.code()).as(refused.body()).isEqualTo("CAPTCHA_REQUIRED");
        assertThat(challenge(refused).at("/challenge").asString()).isNotEmpty();
        return refused.json().at("/error/details/0/code").asString();
    }

    private static String unsolved(TestServer server, Person person) {
        return challenge(login(from(server, 1), person.email(), Person.PASSWORD))
                .at("/challenge")
                .asString();
    }

    private static Person person(TestServer server, String email) {
        String answer = Solver.solve(challenge(register(server, email, null)));
        assertThat(register(server, email, answer).status()).isEqualTo(201);
        return new Person(server, email, Person.PASSWORD, "", "");
    }

    private static Answer register(TestServer server, String email, @Nullable String answer) {
        Map<String, String> body = new HashMap<>(Map.of("email", email, "password", Person.PASSWORD));
        if (answer != null) {
            body.put("humanCheck", answer);
        }
        return from(server, 3).post("/api/v1/auth/register", body);
    }

    private static ApiClient from(TestServer server, int number) {
        return server.client().from("198.51.100." + number);
    }

    private static Answer login(ApiClient client, String email, String password) {
        return client.post(LOGIN, Map.of("email", email, "password", password));
    }

    private static Answer login(ApiClient client, String email, String password, String humanCheck) {
        return client.post(LOGIN, Map.of("email", email, "password", password, "humanCheck", humanCheck));
    }

    private static JsonNode challenge(Answer answer) {
        assertThat(answer.code()).as(answer.body()).isEqualTo("CAPTCHA_REQUIRED");
        return answer.json().at("/error/challenge");
    }
}
