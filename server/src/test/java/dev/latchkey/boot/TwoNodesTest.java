package dev.latchkey.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.TwoNodes.Sharing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TwoNodesTest {
    private static final int RACERS = 50;
    private static final String[] ROOM_FOR_ALL = {
        "password.hashing-waiting-per-address", "1000", "database.connections", "40"
    };

    /** Longer than a node trusts what it last heard: what it does now it does by itself, whatever news got through. */
    private static final Duration UNHEARD = Duration.ofMillis(1_001);

    @ParameterizedTest
    @EnumSource
    @DisplayName("S0-32 who signed in on one node refreshes and is known on the other")
    void loginHereRefreshThere(Sharing sharing) {
        try (TwoNodes nodes = TwoNodes.sharing(sharing)) {
            Person ada = Person.registered(nodes.first(), "ada@example.com").loggedIn();

            Answer refreshed = ada.at(nodes.second()).refresh();

            assertThat(refreshed.status()).as(refreshed.body()).isEqualTo(200);
            assertThat(ada.with(refreshed).me().status()).isEqualTo(200);
            assertThat(ada.with(refreshed).at(nodes.second()).me().status()).isEqualTo(200);
            assertThat(ada.refresh().code()).isEqualTo("TOKEN_REUSE_DETECTED");
            nodes.clock().advance(UNHEARD);
            assertThat(ada.with(refreshed).at(nodes.second()).me().code()).isEqualTo("TOKEN_REVOKED");
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("what is revoked on one node the other refuses a second later, whether or not it was told")
    void revokedHereRefusedThere(Sharing sharing) {
        try (TwoNodes nodes = TwoNodes.sharing(sharing)) {
            Person ada = Person.registered(nodes.first(), "ada@example.com");
            Person there = ada.at(nodes.second());
            assertThat(there.me().status()).isEqualTo(200);

            assertThat(ada.client().post("/api/v1/auth/logout").status()).isEqualTo(204);

            nodes.clock().advance(UNHEARD);
            assertThat(there.me().code()).isEqualTo("TOKEN_REVOKED");
            assertThat(there.refresh().code()).isEqualTo("TOKEN_REVOKED");
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a user disabled on one node is refused on the other a second later, with every kind of credential")
    void disabledHereRefusedThere(Sharing sharing) {
        try (TwoNodes nodes = TwoNodes.sharing(sharing)) {
            Person ada = Person.registered(nodes.first(), "ada@example.com");
            Person there = ada.at(nodes.second());
            assertThat(there.me().status()).isEqualTo(200);

            nodes.first().disable("ada@example.com");

            nodes.clock().advance(UNHEARD);
            assertThat(there.me().status()).isEqualTo(401);
            assertThat(there.refresh().status()).isEqualTo(401);
            assertThat(there.login().code()).isEqualTo("ACCOUNT_DISABLED");
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("S0-37 guesses count together: five on two nodes, and the sixth is refused on either")
    void limitsAreShared(Sharing sharing) {
        try (TwoNodes nodes = TwoNodes.sharing(sharing)) {
            Person ada = Person.registered(nodes.first(), "ada@example.com");
            for (int i = 0; i < 5; i++) {
                assertThat(ada.at(nodes.next()).login("wrong-Password-1").status())
                        .isEqualTo(401);
            }
            assertThat(ada.login().code()).isEqualTo("RATE_LIMITED");
            assertThat(ada.at(nodes.second()).login().code()).isEqualTo("RATE_LIMITED");
        }
    }

    @Test
    @DisplayName(
            "S0-37 with Redis the nodes count a caller's requests together: a hundred a minute on both, not on each")
    void volumeIsShared() {
        try (TwoNodes nodes = TwoNodes.sharing(Sharing.WITH_REDIS)) {
            Person ada = Person.registered(nodes.first(), "ada@example.com");
            for (int i = 0; i < 100; i++) {
                assertThat(ada.at(nodes.next()).me().status()).isEqualTo(200);
            }
            assertThat(ada.me().code()).isEqualTo("RATE_LIMITED");
            assertThat(ada.at(nodes.second()).me().code()).isEqualTo("RATE_LIMITED");
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("fifty logins with wrong passwords at once, on two nodes: five are tried")
    void limitsAreExactInARace(Sharing sharing) {
        try (TwoNodes nodes = TwoNodes.sharing(sharing, ROOM_FOR_ALL)) {
            Person ada = Person.registered(nodes.first(), "ada@example.com");
            List<Answer> answers = Race.of(RACERS, () -> ada.at(nodes.next()).login("wrong-Password-1"));
            assertThat(answers.stream().filter(answer -> answer.status() != 429))
                    .hasSize(5);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("failures lock the account on both nodes, whichever saw them")
    void lockoutIsShared(Sharing sharing) {
        try (TwoNodes nodes = TwoNodes.sharing(sharing)) {
            Person.registered(nodes.first(), "ada@example.com");
            for (int i = 0; i < 5; i++) {
                Answer wrong = nodes.next()
                        .client()
                        .from("203.0.113." + (i + 1))
                        .post("/api/v1/auth/login", Map.of("email", "ada@example.com", "password", "wrong-Password-1"));
                assertThat(wrong.status()).isEqualTo(401);
            }
            for (TestServer node : List.of(nodes.first(), nodes.second())) {
                Answer locked = node.client()
                        .from("203.0.113.99")
                        .post("/api/v1/auth/login", Map.of("email", "ada@example.com", "password", Person.PASSWORD));
                assertThat(locked.code()).isEqualTo("ACCOUNT_LOCKED");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("S1-18 of fifty parallel refreshes on two nodes one gets a pair, then the family is dead on both")
    void refreshRace(Sharing sharing) {
        try (TwoNodes nodes = TwoNodes.sharing(sharing, ROOM_FOR_ALL)) {
            Person ada = Person.registered(nodes.first(), "ada@example.com");

            List<Answer> answers = Race.of(RACERS, () -> ada.at(nodes.next()).refresh());

            List<Answer> won =
                    answers.stream().filter(answer -> answer.status() == 200).toList();
            assertThat(won).hasSize(1);
            nodes.clock().advance(UNHEARD);
            Person winner = ada.with(won.getFirst());
            for (TestServer node : List.of(nodes.first(), nodes.second())) {
                assertThat(winner.at(node).me().code()).isEqualTo("TOKEN_REVOKED");
                assertThat(winner.at(node).refresh().code()).isEqualTo("TOKEN_REVOKED");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("of fifty uses of one reset link on two nodes one sets the password")
    void resetRace(Sharing sharing) {
        try (TwoNodes nodes = TwoNodes.sharing(sharing, ROOM_FOR_ALL)) {
            Person ada = Person.registered(nodes.first(), "ada@example.com");
            ada.anonymous().post("/api/v1/auth/forgot-password", Map.of("email", ada.email()));
            String link = nodes.first().mails().token(ada.email(), "reset-password");

            List<Answer> answers = Race.of(
                    RACERS,
                    () -> nodes.next()
                            .client()
                            .post(
                                    "/api/v1/auth/reset-password",
                                    Map.of("token", link, "newPassword", "quiet-Meadow-77-lamp")));

            assertThat(answers.stream().filter(answer -> answer.status() == 200))
                    .hasSize(1);
            assertThat(ada.withPassword("quiet-Meadow-77-lamp")
                            .at(nodes.second())
                            .login()
                            .status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("of fifty sign-ups with one address on two nodes one makes the account")
    void signUpRace(Sharing sharing) {
        try (TwoNodes nodes = TwoNodes.sharing(
                sharing,
                "limits.enabled",
                "false",
                "password.hashing-waiting-per-address",
                "1000",
                "database.connections",
                "40")) {
            List<Answer> answers = Race.of(
                    RACERS,
                    () -> nodes.next()
                            .client()
                            .post(
                                    "/api/v1/auth/register",
                                    Map.of("email", "ada@example.com", "password", Person.PASSWORD)));
            assertThat(answers.stream().map(Answer::status).filter(status -> status == 201))
                    .hasSize(1);
            assertThat(answers.stream().map(Answer::status))
                    .allMatch(status -> List.of(201, 409).contains(status));
            assertThat(nodes.second().auditNames())
                    .filteredOn("user.registered.v1"::equals)
                    .hasSize(1);
        }
    }
}
