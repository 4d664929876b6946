package dev.latchkey.hosted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

class PasswordAdviceTest {
    private static final String EMAIL = "ada@example.com";
    private static final String ROW = "qwertyuiop[]";

    @BothEngines
    @DisplayName(
            "S1-37 S4-06 sign-up, reset and change say in the reader's language why a password is weak, without JavaScript")
    void onForms(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Browser stranger = new Browser(server);
            stranger.open("/signup?lang=de");
            Answer refused = stranger.send("/signup", Map.of("email", EMAIL, "password", ROW));
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.body())
                    .contains("Dieses Passwort ist zu leicht zu erraten. Benachbarte Tasten sind schnell erraten. ");

            Person.registered(server, EMAIL);
            stranger.open("/forgot?lang=ja");
            stranger.send("/forgot", Map.of("email", EMAIL));
            stranger.open("/reset-password?token=" + server.mails().token(EMAIL, "reset-password"));
            Map<String, String> twice = Map.of("newPassword", ROW, "repeatPassword", ROW);
            assertThat(stranger.send("/reset-password", twice).body()).contains("このパスワードは推測されやすいものです。並んだキーはすぐに推測されます。");

            Browser ada = Browser.signedIn(server, EMAIL);
            ada.open("/account/password?lang=fr");
            Map<String, String> change =
                    Map.of("currentPassword", Person.PASSWORD, "newPassword", ROW, "repeatPassword", ROW);
            assertThat(ada.send("/account/password", change).body())
                    .contains("Ce mot de passe est trop facile à deviner. Des touches voisines se devinent vite. ");
        }
    }

    @BothEngines
    @DisplayName("S1-37 a program gets the advice in the refusal, in English")
    void toPrograms(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Answer refused =
                    server.client().post("/api/v1/auth/register", Map.of("email", EMAIL, "password", "abababababab"));
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.json().at("/error/details/0/code").asString()).isEqualTo("too_weak");
            assertThat(refused.json().at("/error/details/0/message").asString())
                    .startsWith("This password is too easy to guess. The same piece many times over is")
                    .endsWith("Add a word or two that few people would think of.");
        }
    }

    @BothEngines
    @DisplayName("S0-36 S1-37 the meter on the pages says what the form would say, and knows the owner")
    void meter(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Browser stranger = new Browser(server);
            stranger.open("/signup?lang=es");
            Answer weak = stranger.ask("/password/strength", Map.of("password", ROW));
            assertThat(weak.status()).isEqualTo(200);
            assertThat(weak.text("/advice")).contains("demasiado fácil de adivinar. Las teclas contiguas");
            assertThat(weak.data("/score").asInt()).isLessThan(2);
            Answer strong = stranger.ask("/password/strength", Map.of("password", Person.PASSWORD));
            assertThat(strong.text("/advice")).isEmpty();
            assertThat(strong.data("/score").asInt()).isGreaterThan(1);
            String named = "zyxommaq77";
            assertThat(stranger.ask("/password/strength", Map.of("password", named))
                            .text("/advice"))
                    .isEmpty();
            assertThat(stranger.ask(
                                    "/password/strength",
                                    Map.of("password", named, "email", "x@zyxommaq.example", "name", "L"))
                            .text("/advice"))
                    .contains("nombre o una dirección");

            Person.registered(server, "ada@zyxommaq.example");
            Browser ada = Browser.signedIn(server, "ada@zyxommaq.example");
            ada.open("/account/password");
            assertThat(ada.ask("/password/strength", Map.of("password", named)).text("/advice"))
                    .contains("name or address");
        }
    }

    @BothEngines
    @DisplayName("the meter takes no call of another site, no empty password, and not too many")
    void meterRefuses(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Map<String, String> form = Map.of("password", ROW);
            assertThat(server.client()
                            .with("Origin", "https://evil.example")
                            .form("/password/strength", form)
                            .status())
                    .isEqualTo(403);
            Browser browser = new Browser(server);
            assertThat(browser.ask("/password/strength", Map.of("password", "")).status())
                    .isEqualTo(422);
            assertThat(browser.ask("/password/strength", Map.of("password", "x".repeat(1025)))
                            .status())
                    .isEqualTo(422);
            int status = 200;
            for (int call = 0; call < 110 && status != 429; call++) {
                status = browser.ask("/password/strength", form).status();
            }
            assertThat(status).isEqualTo(429);
        }
    }
}
