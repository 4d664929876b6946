package dev.latchkey.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.AuthenticatorApp;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

/** What may be a stranger's mailbox is not for whoever signed up with it to write to. */
class UnprovedAddressTest {
    private static final String LURE = "win at evil.example";

    @BothEngines
    @DisplayName("principle 9: mails to an address that nobody proved hold nothing that its account's owner typed")
    void words(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person eve = Person.registered(server, "victim@example.com");
            Person ada = proved(server, "ada@example.com");
            for (Person person : List.of(eve, ada)) {
                assertThat(person.client()
                                .patch("/api/v1/auth/me", Map.of("email", "evil.example@example.org"))
                                .status())
                        .isEqualTo(200);
                addApp(person, clock);
            }

            assertThat(texts(server, ada)).anyMatch(text -> text.contains(LURE));
            assertThat(texts(server, ada)).anyMatch(text -> text.contains("evil.example@example.org"));
            assertThat(texts(server, eve)).hasSize(3).noneMatch(text -> text.contains("evil.example"));
        }
    }

    @BothEngines
    @DisplayName(
            "principle 9: an address that nobody proved gets five mails an hour about its account, a proved one all")
    void few(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person eve = Person.registered(server, "victim@example.com");
            Person ada = proved(server, "ada@example.com");
            for (Person person : List.of(eve, ada)) {
                int before = texts(server, person).size();
                for (int i = 0; i < 8; i++) {
                    person.loggedIn();
                }
                assertThat(texts(server, person)).hasSize(before + (person.equals(eve) ? 5 : 8));
            }
            int before = texts(server, eve).size();
            clock.advance(Duration.ofHours(1));
            eve.loggedIn();
            assertThat(texts(server, eve)).hasSize(before + 1);
        }
        try (TestServer server = TestServer.on(database, clock)) {
            assertThat(server.auditNames()).as("what was not sent is on record").contains("limit.hit.v1");
        }
    }

    @BothEngines
    @DisplayName("S3-13 backup codes are made anew no oftener than factors are tried")
    void backupCodes(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            addApp(ada, clock);
            for (int i = 0; i < 9; i++) {
                assertThat(ada.client().post("/api/v1/mfa/backup-codes").status())
                        .isEqualTo(200);
            }
            assertThat(ada.client().post("/api/v1/mfa/backup-codes").code()).isEqualTo("RATE_LIMITED");
        }
    }

    private static Person proved(TestServer server, String email) {
        Person person = Person.registered(server, email);
        String token = server.mails().token(email, "verify-email");
        assertThat(person.anonymous()
                        .post("/api/v1/auth/verify-email", Map.of("token", token))
                        .status())
                .isEqualTo(200);
        return person;
    }

    private static void addApp(Person person, MutableClock clock) {
        Answer setup = person.client().post("/api/v1/mfa/setup", Map.of("name", LURE));
        assertThat(setup.status()).as(setup.body()).isEqualTo(200);
        String code = new AuthenticatorApp(setup.text("/secret"), clock).code();
        assertThat(person.client()
                        .post("/api/v1/mfa/enable", Map.of("code", code))
                        .status())
                .isEqualTo(200);
    }

    private static List<String> texts(TestServer server, Person person) {
        return server.mails().to(person.email()).stream()
                .map(received -> received.mail().text())
                .toList();
    }
}
