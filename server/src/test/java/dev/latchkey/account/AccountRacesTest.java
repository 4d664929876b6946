package dev.latchkey.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.Race;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;

/** What a stranger may ask for at the very moment at which the owner changes the account. */
class AccountRacesTest {
    private static final int ROUNDS = 12;
    private static final int RUNNERS = 12;
    private static final Pattern RESET = Pattern.compile("/reset-password\\?token=([A-Za-z0-9_-]+)");

    private static TestServer server(TestDatabase database, MutableClock clock) {
        return TestServer.on(database, clock, "limits.enabled", "false", "password.hashing-waiting-per-address", "100");
    }

    @BothEngines
    @DisplayName("principle 9: forgot and resend for an account that is just deleted answer as for an unknown one")
    void deletedMeanwhile(TestDatabase database, MutableClock clock) {
        try (TestServer server = server(database, clock)) {
            for (int round = 0; round < ROUNDS; round++) {
                Person person = Person.registered(server, "p" + round + "@example.com");
                AtomicInteger turn = new AtomicInteger();
                AtomicBoolean gone = new AtomicBoolean();
                List<Set<Integer>> answers = Race.of(RUNNERS, () -> {
                    int mine = turn.getAndIncrement();
                    if (mine == 0) {
                        Answer deleted = person.client()
                                .unshared()
                                .delete("/api/v1/auth/me", Map.of("password", Person.PASSWORD));
                        gone.set(true);
                        return Set.of(deleted.status());
                    }
                    String route = mine % 2 == 0 ? "forgot-password" : "resend-verification";
                    Set<Integer> statuses = new HashSet<>();
                    do {
                        statuses.add(person.anonymous()
                                .unshared()
                                .post("/api/v1/auth/" + route, Map.of("email", person.email()))
                                .status());
                    } while (!gone.get());
                    return statuses;
                });
                assertThat(answers).allSatisfy(statuses -> assertThat(statuses).isSubsetOf(200, 204));
            }
        }
    }

    @BothEngines
    @DisplayName(
            "S4-09 a reset link that was asked for while the address changed does not live on in the former mailbox")
    void movedMeanwhile(TestDatabase database, MutableClock clock) {
        try (TestServer server = server(database, clock)) {
            for (int round = 0; round < ROUNDS; round++) {
                Person person = Person.registered(server, "p" + round + "@example.com");
                String moved = "moved" + round + "@example.com";
                assertThat(person.client()
                                .patch("/api/v1/auth/me", Map.of("email", moved))
                                .status())
                        .isEqualTo(200);
                String token = server.mails().token(moved, "verify-email");
                AtomicInteger turn = new AtomicInteger();
                List<Answer> answers = Race.of(
                        RUNNERS,
                        () -> turn.getAndIncrement() == RUNNERS / 2
                                ? person.anonymous()
                                        .unshared()
                                        .post("/api/v1/auth/verify-email", Map.of("token", token))
                                : person.anonymous()
                                        .unshared()
                                        .post("/api/v1/auth/forgot-password", Map.of("email", person.email())));
                assertThat(answers).extracting(Answer::status).containsOnly(200);
                assertThat(person.me().text("/user/email")).isEqualTo(moved);

                assertThat(resetLinks(server, person.email()))
                        .allSatisfy(link -> assertThat(person.anonymous()
                                        .post(
                                                "/api/v1/auth/reset-password",
                                                Map.of("token", link, "newPassword", "lamp-Meadow-77-oboe"))
                                        .code())
                                .isEqualTo("INVALID_LINK"));
            }
        }
    }

    private static List<String> resetLinks(TestServer server, String address) {
        return server.mails().to(address).stream()
                .flatMap(mail -> RESET.matcher(mail.mail().text()).results())
                .map(link -> link.group(1))
                .toList();
    }
}
