package dev.latchkey.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.MutableClock;
import dev.latchkey.core.Problem;
import dev.latchkey.core.TenantId;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.user.NewUser;
import dev.latchkey.user.Profile;
import dev.latchkey.user.UserListing;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;

class OperationsTest {
    private static final EmailAddress BOB =
            EmailAddress.parse("bob@example.com").orElseThrow();

    @BothEngines
    @DisplayName("V7.4.2 a user disabled on the command line is out of a running server within a second")
    void disable(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "limits.enabled", "false");
                Operations operations = server.operations()) {
            Person ada = Person.registered(server, "ada@example.com");
            assertThat(ada.me().status()).isEqualTo(200);
            long start = System.nanoTime();

            operations.disable(EmailAddress.parse(ada.email()).orElseThrow());

            Answer answer = ada.me();
            while (answer.status() == 200
                    && System.nanoTime() - start < Duration.ofSeconds(10).toNanos()) {
                answer = ada.me();
            }
            assertThat(answer.code()).isEqualTo("TOKEN_REVOKED");
        }
    }

    @BothEngines
    @DisplayName("V6.3.2 there is no default account: an operator makes the first, under the same password policy")
    void createUser(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock);
                Operations operations = server.operations()) {
            assertThat(operations.users(UserListing.of(""), 10)).isEmpty();
            NewUser bob = new NewUser(TenantId.MAIN, BOB, true, Profile.EMPTY, Set.of("ADMIN"));
            assertThatThrownBy(() -> operations.createUser(bob, "password1"))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.VALIDATION_ERROR));

            operations.createUser(bob, Person.PASSWORD);

            Person person = new Person(server, "bob@example.com", Person.PASSWORD, "", "").loggedIn();
            assertThat(person.client().get("/api/v1/users").status()).isEqualTo(200);
        }
    }

    @BothEngines
    @DisplayName("S0-42 the trail is proved beside a running server, and its export ends with a checkpoint")
    void audit(TestDatabase database, MutableClock clock) throws IOException {
        try (TestServer server = TestServer.on(database, clock);
                Operations operations = server.operations()) {
            Person.registered(server, "ada@example.com").login("wrong-password-1");
            StringWriter lines = new StringWriter();

            List<Long> told = new ArrayList<>();

            long events = operations.exportAudit(lines, told::add);

            assertThat(events).isGreaterThanOrEqualTo(4).isEqualTo(operations.countAudit());
            assertThat(told).containsExactly(events);
            assertThat(lines.toString().lines().toList().getLast()).startsWith("{\"checkpoint\":");
            assertThat(operations
                            .verifyAudit(Optional.empty(), (done, all) -> {})
                            .intact())
                    .isTrue();
        }
    }

    @BothEngines
    @DisplayName("design 8 a rotated key is published to a running server's key set, and signs at once when told to")
    void rotateKey(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock);
                Operations operations = server.operations()) {
            Person ada = Person.registered(server, "ada@example.com");

            operations.rotateKey(true);

            assertThat(ada.me().status()).isEqualTo(200);
            assertThat(ada.with(ada.refresh()).me().status()).isEqualTo(200);
        }
    }
}
