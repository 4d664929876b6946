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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

class PasswordRecoveryTest {
    private static final String NEW = "lamp-Meadow-77-oboe";

    @BothEngines
    @DisplayName("S2-03 S2-04 a forgotten password is reset by mail; every session and the old password end")
    void reset(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            verify(server, ada);
            String token = forgot(server, ada);

            assertThat(reset(ada, token, NEW).status()).isEqualTo(200);

            assertThat(ada.me().code()).isEqualTo("TOKEN_REVOKED");
            assertThat(ada.refresh().code()).isEqualTo("TOKEN_REVOKED");
            assertThat(ada.login().code()).isEqualTo("INVALID_CREDENTIALS");
            assertThat(ada.login(NEW).status()).isEqualTo(200);
            assertThat(reset(ada, token, "another-Word-55-fox").code()).isEqualTo("INVALID_LINK");
        }
    }

    @BothEngines
    @DisplayName("C29 of 50 parallel resets with one link one wins")
    void oneOfFifty(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(
                database, clock, "limits.enabled", "false", "password.hashing-waiting-per-address", "100")) {
            Person ada = Person.registered(server, "ada@example.com");
            verify(server, ada);
            String token = forgot(server, ada);

            List<Answer> answers = Race.of(50, () -> reset(ada, token, NEW));

            assertThat(answers.stream().filter(answer -> answer.status() == 200))
                    .hasSize(1);
            // They all set the same password: whoever looks between the winner's statements finds it used before.
            assertThat(answers.stream().filter(answer -> answer.status() != 200))
                    .allSatisfy(answer ->
                            assertThat(answer.code()).isIn("INVALID_LINK", "VALIDATION_ERROR", "SERVICE_UNAVAILABLE"));
        }
    }

    @BothEngines
    @DisplayName("design 11: a weak new password is 422 on newPassword and leaves the link alive")
    void weakPassword(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            verify(server, ada);
            String token = forgot(server, ada);

            Answer weak = reset(ada, token, "password1");

            assertThat(weak.status()).isEqualTo(422);
            assertThat(weak.json().at("/error/details/0/field").asString()).isEqualTo("newPassword");
            assertThat(reset(ada, token, NEW).status()).isEqualTo(200);
        }
    }

    @BothEngines
    @DisplayName("C29 a reset link ends after 30 minutes, and when a later one was used")
    void expiry(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            verify(server, ada);
            String first = forgot(server, ada);
            String second = forgot(server, ada);
            assertThat(reset(ada, second, NEW).status()).isEqualTo(200);
            assertThat(reset(ada, first, "another-Word-55-fox").code()).isEqualTo("INVALID_LINK");

            String third = forgot(server, ada);
            clock.advance(Duration.ofMinutes(30));
            assertThat(reset(ada, third, "another-Word-55-fox").code()).isEqualTo("INVALID_LINK");
        }
    }

    @BothEngines
    @DisplayName("design 7: a reset unlocks the account")
    void unlocks(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            verify(server, ada);
            for (int i = 0; i < 5; i++) {
                ada.login("wrong-password-" + i);
            }
            reset(ada, forgot(server, ada), NEW);

            Answer answer = server.client()
                    .from("203.0.113.9")
                    .post("/api/v1/auth/login", Map.of("email", ada.email(), "password", NEW));

            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        }
    }

    @BothEngines
    @DisplayName("V6.3.8 forgot answers and writes the same for an unknown address, and mails nobody")
    void unknownAddress(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            Answer known = ada.anonymous().post("/api/v1/auth/forgot-password", Map.of("email", ada.email()));
            Answer unknown = ada.anonymous().post("/api/v1/auth/forgot-password", Map.of("email", "eve@example.com"));

            assertThat(unknown.status()).isEqualTo(known.status());
            assertThat(unknown.data("")).isEqualTo(known.data(""));
            assertThat(server.mails().to("eve@example.com")).isEmpty();
        }
    }

    @BothEngines
    @DisplayName("design 5: whoever proves the mailbox of an unverified account owns it: what was set before is gone")
    void claimedMailbox(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person squatter = Person.registered(server, "ada@example.com");
            squatter.client().patch("/api/v1/auth/me", Map.of("name", "Not Ada", "phone", "+49 30 123456"));

            reset(squatter, forgot(server, squatter), NEW);

            assertThat(squatter.me().code()).isEqualTo("TOKEN_REVOKED");
            Person ada = squatter.withPassword(NEW).loggedIn();
            assertThat(ada.me().data("/user").has("name")).isFalse();
            assertThat(ada.me().data("/user/emailVerified").asBoolean()).isTrue();
        }
    }

    @BothEngines
    @DisplayName("S1-38 a changed password keeps only the current session, under a new id, and is told by mail")
    void change(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            Person elsewhere = ada.loggedIn();

            Answer wrong = change(ada, "wrong-password-1", NEW);
            Answer changed = change(ada, Person.PASSWORD, NEW);

            assertThat(wrong.status()).isEqualTo(401);
            assertThat(wrong.code()).isEqualTo("INVALID_CREDENTIALS");
            assertThat(changed.status()).as(changed.body()).isEqualTo(200);
            assertThat(ada.me().code()).isEqualTo("TOKEN_REVOKED");
            assertThat(elsewhere.me().code()).isEqualTo("TOKEN_REVOKED");
            assertThat(elsewhere.refresh().code()).isEqualTo("TOKEN_REVOKED");
            assertThat(ada.with(changed).me().status()).isEqualTo(200);
            assertThat(ada.with(changed)
                            .client()
                            .get("/api/v1/auth/sessions")
                            .data("")
                            .size())
                    .isEqualTo(1);
            assertThat(server.mails().token(ada.email(), "not-me")).isNotEmpty();
        }
    }

    @BothEngines
    @DisplayName("S1-37 none of the last passwords may come back")
    void history(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            Person changed = ada.with(change(ada, Person.PASSWORD, NEW)).withPassword(NEW);

            Answer back = change(changed, NEW, Person.PASSWORD);

            assertThat(back.status()).isEqualTo(422);
            assertThat(back.json().at("/error/details/0/code").asString()).isEqualTo("reused");
        }
    }

    private static Answer change(Person person, String current, String next) {
        return person.client()
                .post("/api/v1/auth/change-password", Map.of("currentPassword", current, "newPassword", next));
    }

    private static void verify(TestServer server, Person person) {
        String token = server.mails().token(person.email(), "verify-email");
        assertThat(person.anonymous()
                        .post("/api/v1/auth/verify-email", Map.of("token", token))
                        .status())
                .isEqualTo(200);
    }

    private static String forgot(TestServer server, Person person) {
        assertThat(person.anonymous()
                        .post("/api/v1/auth/forgot-password", Map.of("email", person.email()))
                        .status())
                .isEqualTo(200);
        return server.mails().token(person.email(), "reset-password");
    }

    private static Answer reset(Person person, String token, String password) {
        return person.anonymous().post("/api/v1/auth/reset-password", Map.of("token", token, "newPassword", password));
    }
}
