package dev.latchkey.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

class LinkPagesTest {
    @BothEngines
    @DisplayName("design 7: GET of a mailed link shows a button and spends nothing; POST verifies, once")
    void verifyEmail(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            String token = server.mails().token(ada.email(), "verify-email");
            Answer page = server.client().get("/verify-email?token=" + token);
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.body()).contains("<form").contains(token);
            assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(ada.me().data("/user/emailVerified").asBoolean()).isFalse();

            assertThat(server.client()
                            .form("/verify-email", Map.of("token", token))
                            .status())
                    .isEqualTo(200);

            assertThat(ada.me().data("/user/emailVerified").asBoolean()).isTrue();
            Answer again = server.client().form("/verify-email", Map.of("token", token));
            assertThat(again.status()).isEqualTo(400);
            assertThat(again.header("Content-Type")).startsWith("text/html");
        }
    }

    @BothEngines
    @DisplayName("S2-04 the reset page tells what is wrong, keeps the link alive, and resets")
    void resetPassword(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            ada.anonymous().post("/api/v1/auth/forgot-password", Map.of("email", ada.email()));
            String token = server.mails().token(ada.email(), "reset-password");
            assertThat(server.client().get("/reset-password?token=" + token).body())
                    .contains("newPassword");

            assertThat(post(server, token, "password1", "password1").status()).isEqualTo(422);
            assertThat(post(server, token, "lamp-Meadow-77-oboe", "other").status())
                    .isEqualTo(422);
            assertThat(post(server, token, "", "").status()).isEqualTo(422);
            assertThat(post(server, token, "lamp-Meadow-77-oboe", "lamp-Meadow-77-oboe")
                            .status())
                    .isEqualTo(200);

            assertThat(ada.login("lamp-Meadow-77-oboe").status()).isEqualTo(200);
            assertThat(post(server, token, "lamp-Meadow-78-oboe", "lamp-Meadow-78-oboe")
                            .status())
                    .isEqualTo(400);
        }
    }

    @BothEngines
    @DisplayName("CSRF a browser with a session cookie needs the page's token to spend a link")
    void cookieBrowser(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            String token = server.mails().token(ada.email(), "verify-email");
            Answer login = ada.anonymous()
                    .post(
                            "/api/v1/auth/login",
                            Map.of("email", ada.email(), "password", Person.PASSWORD, "mode", "cookie"));
            String cookie = "latchkey_session=" + login.cookie("latchkey_session");
            String page = server.client()
                    .with("Cookie", cookie)
                    .get("/verify-email?token=" + token)
                    .body();
            assertThat(page).contains(login.text("/csrfToken"));

            Answer without = server.client().with("Cookie", cookie).form("/verify-email", Map.of("token", token));
            Answer elsewhere = server.client()
                    .with("Cookie", cookie)
                    .with("Origin", "null")
                    .with("Sec-Fetch-Site", "cross-site")
                    .form("/verify-email", Map.of("token", token, "_csrf", login.text("/csrfToken")));
            Answer with = server.client()
                    .with("Cookie", cookie)
                    .with("Origin", "null")
                    .with("Sec-Fetch-Site", "same-origin")
                    .form("/verify-email", Map.of("token", token, "_csrf", login.text("/csrfToken")));

            assertThat(without.status()).isEqualTo(403);
            assertThat(elsewhere.status()).isEqualTo(403);
            assertThat(with.status()).as(with.body()).isEqualTo(200);
        }
    }

    private static Answer post(TestServer server, String token, String password, String repeated) {
        return server.client()
                .form("/reset-password", Map.of("token", token, "newPassword", password, "repeatPassword", repeated));
    }
}
