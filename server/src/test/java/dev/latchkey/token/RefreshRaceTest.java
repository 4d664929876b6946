package dev.latchkey.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.Race;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import tools.jackson.databind.JsonNode;

class RefreshRaceTest {
    @BothEngines
    @DisplayName("S1-18 R10 of 50 parallel refreshes with one token one gets a pair, then the family is dead")
    void oneOfFifty(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");

            List<Answer> answers = Race.of(50, ada::refresh);

            List<Answer> won =
                    answers.stream().filter(answer -> answer.status() == 200).toList();
            assertThat(won).hasSize(1);
            assertThat(answers.stream().filter(answer -> answer.status() != 200))
                    .allSatisfy(answer -> assertThat(answer.code()).isIn("TOKEN_REUSE_DETECTED", "TOKEN_REVOKED"));
            Person winner = ada.with(won.getFirst());
            assertThat(winner.refresh().code()).isEqualTo("TOKEN_REVOKED");
            assertThat(winner.me().code()).isEqualTo("TOKEN_REVOKED");
        }
    }

    @BothEngines
    @DisplayName("S1-16 people who refresh at the same time each get their own tokens, with their own roles")
    void manyPeopleAtOnce(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            List<Person> people = IntStream.range(0, 30)
                    .mapToObj(number -> Person.registered(server, "person" + number + "@example.com"))
                    .toList();
            for (Person person : people) {
                addRole(database, person, roleOf(person));
            }

            List<Answer> answers = Race.of(people.stream()
                    .<Callable<Answer>>map(person -> person::refresh)
                    .toList());

            for (int i = 0; i < people.size(); i++) {
                Person before = people.get(i);
                assertThat(answers.get(i).status()).isEqualTo(200);
                Person after = before.with(answers.get(i));
                JsonNode claims = Jwt.claims(after.accessToken());
                assertThat(claims.at("/sub").asString()).isEqualTo(before.id());
                assertThat(claims.at("/sid"))
                        .isEqualTo(Jwt.claims(before.accessToken()).at("/sid"));
                assertThat(claims.at("/roles").valueStream().map(JsonNode::asString))
                        .containsExactlyInAnyOrder("USER", roleOf(before));
                assertThat(after.refresh().status()).isEqualTo(200);
            }
        }
    }

    private static String roleOf(Person person) {
        return "role-of-" + person.email().substring(0, person.email().indexOf('@'));
    }

    private static void addRole(TestDatabase database, Person person, String role) {
        database.database()
                .tx(tx -> tx.handle()
                        .execute(
                                "INSERT INTO user_role (user_id, role, tenant_id) VALUES (?, ?, 'main')",
                                person.id(),
                                role));
    }
}
