package dev.latchkey.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Person;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
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
    @DisplayName("V6.3.7 disowning a change of address brings the former address back")
    void restoresAddress(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
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
}
