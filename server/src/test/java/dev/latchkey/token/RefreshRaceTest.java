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
import org.junit.jupiter.api.DisplayName;

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
}
