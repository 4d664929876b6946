package dev.latchkey.admin;

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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;

class FirstAdministratorTest {
    @BothEngines
    @DisplayName("V6.3.2 the start's link makes the first administrator, once, and no other start prints one")
    void once(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            String token = server.app().firstAdministratorToken().orElseThrow();
            String earlier = server.app().firstAdministratorToken().orElseThrow();
            assertThat(server.client().get("/first-admin?token=" + token).body())
                    .contains("repeatPassword");
            assertThat(create(server, token, "root@example.com", "password1").status())
                    .isEqualTo(422);

            Answer made = create(server, token, "root@example.com", Person.PASSWORD);

            assertThat(made.status()).as(made.body()).isEqualTo(200);
            Person root = new Person(server, "root@example.com", Person.PASSWORD, "", "").loggedIn();
            assertThat(root.client().get("/api/v1/users").status()).isEqualTo(200);
            assertThat(create(server, earlier, "eve@example.com", Person.PASSWORD)
                            .status())
                    .isEqualTo(400);
            assertThat(server.app().firstAdministratorToken()).isEmpty();
        }
    }

    @BothEngines
    @DisplayName("V6.4.1 the link ends after a day")
    void expires(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            String token = server.app().firstAdministratorToken().orElseThrow();
            clock.advance(Duration.ofDays(1));

            assertThat(create(server, token, "root@example.com", Person.PASSWORD)
                            .status())
                    .isEqualTo(400);
        }
    }

    @BothEngines
    @DisplayName("principle 3: of 50 parallel tries with one link one makes an administrator")
    void race(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(
                database, clock, "limits.enabled", "false", "password.hashing-waiting-per-address", "100")) {
            String token = server.app().firstAdministratorToken().orElseThrow();
            AtomicInteger number = new AtomicInteger();

            List<Answer> answers = Race.of(
                    50,
                    () -> create(server, token, "root" + number.incrementAndGet() + "@example.com", Person.PASSWORD));

            assertThat(answers.stream().filter(answer -> answer.status() == 200))
                    .hasSize(1);
            assertThat(answers.stream().filter(answer -> answer.status() != 200))
                    .allSatisfy(answer -> assertThat(answer.status()).isIn(400, 503));
        }
    }

    private static Answer create(TestServer server, String token, String email, String password) {
        return server.client()
                .form(
                        "/first-admin",
                        Map.of("token", token, "email", email, "password", password, "repeatPassword", password));
    }
}
