package dev.latchkey.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.TwoNodes.Sharing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Links that are good once, and room for so many sessions, asked for fifty times at once at two nodes. */
class OnceOnTwoNodesTest {
    private static final int RACERS = 50;
    private static final Duration UNHEARD = Duration.ofMillis(1_001);

    private static TwoNodes nodes(Sharing sharing) {
        return TwoNodes.sharing(
                sharing,
                "limits.enabled",
                "false",
                "password.hashing-waiting-per-address",
                "1000",
                "database.connections",
                "40");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("principle 3: of 50 uses of one verification link at two nodes one verifies the address")
    void verificationLink(Sharing sharing) {
        try (TwoNodes nodes = nodes(sharing)) {
            Person ada = Person.registered(nodes.first(), "ada@example.com");
            Map<String, String> link = Map.of("token", nodes.first().mails().token(ada.email(), "verify-email"));

            List<Answer> answers = Race.of(RACERS, () -> nodes.next().client().post("/api/v1/auth/verify-email", link));

            assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
            assertThat(answers)
                    .filteredOn(answer -> answer.status() != 200)
                    .extracting(Answer::code)
                    .containsOnly("INVALID_LINK");
            assertThat(nodes.second().auditNames())
                    .filteredOn("email.verified.v1"::equals)
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("principle 3: of 50 uses of one login link at two nodes one signs in")
    void loginLink(Sharing sharing) {
        try (TwoNodes nodes = nodes(sharing)) {
            Person ada = Person.registered(nodes.first(), "ada@example.com");
            Answer begun = ada.anonymous().post("/api/v1/auth/magic-link", Map.of("email", ada.email()));
            String asking = "latchkey_login=" + begun.cookie("latchkey_login");
            Map<String, String> link = Map.of("token", nodes.first().mails().token(ada.email(), "login/link"));

            List<Answer> answers = Race.of(
                    RACERS, () -> nodes.next().client().with("Cookie", asking).form("/login/link", link));

            List<Answer> signedIn =
                    answers.stream().filter(answer -> answer.status() == 303).toList();
            assertThat(signedIn).hasSize(1);
            assertThat(answers)
                    .filteredOn(answer -> answer.status() != 303)
                    .extracting(Answer::status)
                    .containsOnly(401);
            assertThat(nodes.second()
                            .client()
                            .with(
                                    "Cookie",
                                    "latchkey_session=" + signedIn.getFirst().cookie("latchkey_session"))
                            .get("/api/v1/auth/me")
                            .status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "principle 3: of 50 sign-ups by the first administrator's link at two nodes one makes an administrator")
    void firstAdministratorsLink(Sharing sharing) {
        try (TwoNodes nodes = nodes(sharing)) {
            String token = nodes.first().app().firstAdministratorToken().orElseThrow();
            AtomicInteger number = new AtomicInteger();

            List<Answer> answers = Race.of(
                    RACERS,
                    () -> nodes.next()
                            .client()
                            .form(
                                    "/first-admin",
                                    Map.of(
                                            "token",
                                            token,
                                            "email",
                                            "root" + number.incrementAndGet() + "@example.com",
                                            "password",
                                            Person.PASSWORD,
                                            "repeatPassword",
                                            Person.PASSWORD)));

            assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
            assertThat(answers)
                    .filteredOn(answer -> answer.status() != 200)
                    .extracting(Answer::status)
                    .containsOnly(400);
            assertThat(nodes.second().auditNames())
                    .filteredOn("user.first-admin-created.v1"::equals)
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("S1-34 fifty logins at once at two nodes leave a user five sessions")
    void sessionCap(Sharing sharing) {
        try (TwoNodes nodes = nodes(sharing)) {
            Person ada = Person.registered(nodes.first(), "ada@example.com");
            // So that the session of the sign-up is the oldest, and the five are all of the race.
            nodes.clock().advance(Duration.ofSeconds(1));

            List<Answer> answers = Race.of(RACERS, () -> ada.at(nodes.next()).login());

            assertThat(answers).extracting(Answer::status).containsOnly(200);
            nodes.clock().advance(UNHEARD);
            for (TestServer node : List.of(nodes.first(), nodes.second())) {
                List<Person> alive = answers.stream()
                        .map(answer -> ada.at(node).with(answer))
                        .filter(person -> person.me().status() == 200)
                        .toList();
                assertThat(alive).hasSize(5);
                assertThat(alive.getFirst()
                                .client()
                                .get("/api/v1/auth/sessions")
                                .data(""))
                        .hasSize(5);
            }
        }
    }
}
