package dev.latchkey.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

class DisavowalTest {
    @BothEngines
    @DisplayName("V6.3.7 'this wasn't me' by GET shows, by POST ends every session and voids the password, once")
    void disown(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            Person thief = ada.loggedIn();
            String token = server.mails().token(ada.email(), "not-me");
            assertThat(server.client().get("/not-me?token=" + token).status()).isEqualTo(200);
            assertThat(thief.me().status()).isEqualTo(200);

            assertThat(server.client().form("/not-me", Map.of("token", token)).status())
                    .isEqualTo(200);

            assertThat(thief.me().code()).isEqualTo("TOKEN_REVOKED");
            assertThat(thief.refresh().code()).isEqualTo("TOKEN_REVOKED");
            assertThat(ada.login().code()).isEqualTo("INVALID_CREDENTIALS");
            assertThat(server.client().form("/not-me", Map.of("token", token)).status())
                    .isEqualTo(400);
            String reset = server.mails().token(ada.email(), "reset-password");
            assertThat(ada.anonymous()
                            .post(
                                    "/api/v1/auth/reset-password",
                                    Map.of("token", reset, "newPassword", "lamp-Meadow-77-oboe"))
                            .status())
                    .isEqualTo(200);
        }
    }

    @BothEngines
    @DisplayName("design 5: a former address that was never proved has no say: no mail about the change, no older link")
    void neverProved(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "mistyped@example.com");
            ada.loggedIn();
            String older = server.mails().token(ada.email(), "not-me");
            int mails = server.mails().to(ada.email()).size();
            ada.client().patch("/api/v1/auth/me", Map.of("email", "ada@example.com"));
            int asked = server.mails().to(ada.email()).size();
            assertThat(asked).isEqualTo(mails + 1);
            String requested = server.mails().token(ada.email(), "not-me");
            move(server, ada, "ada@example.com");

            assertThat(server.mails().to(ada.email())).hasSize(asked);
            for (String link : List.of(older, requested)) {
                assertThat(server.client()
                                .form("/not-me", Map.of("token", link))
                                .status())
                        .isEqualTo(400);
            }
            assertThat(ada.me().text("/user/email")).isEqualTo("ada@example.com");
        }
    }

    private static void move(TestServer server, Person person, String to) {
        String proof = server.mails().token(to, "verify-email");
        assertThat(person.anonymous()
                        .post("/api/v1/auth/verify-email", Map.of("token", proof))
                        .status())
                .isEqualTo(200);
    }

    @BothEngines
    @DisplayName("V6.3.7 disowning a change of address brings the former address back")
    void restoresAddress(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            move(server, ada, ada.email());
            ada.client().patch("/api/v1/auth/me", Map.of("email", "thief@example.net"));
            String proof = server.mails().token("thief@example.net", "verify-email");
            ada.anonymous().post("/api/v1/auth/verify-email", Map.of("token", proof));
            assertThat(ada.me().text("/user/email")).isEqualTo("thief@example.net");
            String token = server.mails().token("ada@example.com", "not-me");

            assertThat(server.client().form("/not-me", Map.of("token", token)).status())
                    .isEqualTo(200);

            String reset = server.mails().token("ada@example.com", "reset-password");
            ada.anonymous()
                    .post("/api/v1/auth/reset-password", Map.of("token", reset, "newPassword", "lamp-Meadow-77-oboe"));
            Person back = ada.withPassword("lamp-Meadow-77-oboe").loggedIn();
            assertThat(back.me().text("/user/email")).isEqualTo("ada@example.com");
        }
    }

    @BothEngines
    @DisplayName("principle 4: a link of one kind is refused as any other")
    void kinds(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            String verification = server.mails().token(ada.email(), "verify-email");

            assertThat(ada.anonymous()
                            .post(
                                    "/api/v1/auth/reset-password",
                                    Map.of("token", verification, "newPassword", "lamp-Meadow-77-oboe"))
                            .code())
                    .isEqualTo("INVALID_LINK");
            assertThat(ada.anonymous()
                            .post("/api/v1/auth/not-me", Map.of("token", verification))
                            .code())
                    .isEqualTo("INVALID_LINK");
            assertThat(ada.anonymous()
                            .post("/api/v1/auth/unlock", Map.of("token", verification))
                            .code())
                    .isEqualTo("INVALID_LINK");
            assertThat(ada.me().status()).isEqualTo(200);
        }
    }

    @BothEngines
    @DisplayName("V6.3.7 a thief's own 'this wasn't me', and one that the owner uses early, leave the way back open")
    void oldestWins(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            move(server, ada, ada.email());
            stolenAddress(server, ada);
            String back = server.mails().token("ada@example.com", "not-me");
            clock.advance(Duration.ofMinutes(1));
            // The thief takes the password through the new mailbox, and disowns that to void the owner's link.
            ada.anonymous().post("/api/v1/auth/forgot-password", Map.of("email", "thief@example.net"));
            String reset = server.mails().token("thief@example.net", "reset-password");
            ada.anonymous()
                    .post("/api/v1/auth/reset-password", Map.of("token", reset, "newPassword", "lamp-Meadow-77-oboe"));
            String thiefs = server.mails().token("thief@example.net", "not-me");
            clock.advance(Duration.ofMinutes(1));
            assertThat(notMe(ada, thiefs).status()).isEqualTo(200);

            assertThat(notMe(ada, back).status()).isEqualTo(200);

            String fresh = server.mails().token("ada@example.com", "reset-password");
            ada.anonymous()
                    .post("/api/v1/auth/reset-password", Map.of("token", fresh, "newPassword", "brass-Canyon-19-kelp"));
            assertThat(ada.withPassword("brass-Canyon-19-kelp").login().status())
                    .isEqualTo(200);
        }
    }

    @BothEngines
    @DisplayName(
            "V6.3.7 the first warning, used after the address changed, brings it back and mails no link to the new one")
    void earlyWarning(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            move(server, ada, ada.email());
            ada.client().patch("/api/v1/auth/me", Map.of("email", "thief@example.net"));
            String warning = server.mails().token("ada@example.com", "not-me");
            String proof = server.mails().token("thief@example.net", "verify-email");
            clock.advance(Duration.ofMinutes(1));
            ada.anonymous().post("/api/v1/auth/verify-email", Map.of("token", proof));

            assertThat(notMe(ada, warning).status()).isEqualTo(200);

            assertThat(server.mails().token("ada@example.com", "reset-password"))
                    .isNotEmpty();
            assertThat(server.mails().subjectsTo("thief@example.net")).hasSize(1);
        }
    }

    @BothEngines
    @DisplayName("V6.3.7 nobody can sit on a proved address while 'this wasn't me' may bring it back")
    void squatter(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            String own = server.mails().token(ada.email(), "verify-email");
            ada.anonymous().post("/api/v1/auth/verify-email", Map.of("token", own));
            stolenAddress(server, ada);
            String back = server.mails().token("ada@example.com", "not-me");
            Map<String, String> squat = Map.of("email", "Ada@example.com", "password", Person.PASSWORD);

            assertThat(server.client().post("/api/v1/auth/register", squat).code())
                    .isEqualTo("USER_EXISTS");
            assertThat(notMe(ada, back).status()).isEqualTo(200);

            assertThat(server.mails().token("ada@example.com", "reset-password"))
                    .isNotEmpty();
            assertThat(server.mails().subjectsTo("thief@example.net")).hasSize(1);
        }
    }

    private static void stolenAddress(TestServer server, Person ada) {
        ada.client().patch("/api/v1/auth/me", Map.of("email", "thief@example.net"));
        String proof = server.mails().token("thief@example.net", "verify-email");
        assertThat(ada.anonymous()
                        .post("/api/v1/auth/verify-email", Map.of("token", proof))
                        .status())
                .isEqualTo(200);
    }

    private static Answer notMe(Person person, String token) {
        return person.anonymous().post("/api/v1/auth/not-me", Map.of("token", token));
    }
}
