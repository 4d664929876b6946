package dev.latchkey.hosted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.page.PagePath;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

class SignUpPagesTest {
    private static final String EMAIL = "ada@example.com";

    @BothEngines
    @DisplayName("S2-14 the sign-up form makes an account and leads on; what is wrong is shown in it")
    void signUp(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "registration.required-consents", "terms")) {
            Browser browser = new Browser(server);
            assertThat(browser.open("/login").body()).contains("href=\"/signup\"", "href=\"/forgot\"");
            assertThat(browser.open("/signup?return_to=/docs").body()).contains("name=\"consents.terms\"");
            Answer weak = browser.send(
                    "/signup",
                    Map.of("email", EMAIL, "name", "Ada", "password", "password1", "consents.terms", "true"));
            assertThat(weak.status()).isEqualTo(422);
            assertThat(weak.body())
                    .contains("value=\"Ada\"", "password-error")
                    .containsPattern("<input id=\"password\"[^>]* autofocus")
                    .doesNotContain("password1");
            assertThat(browser.send("/signup", Map.of("email", EMAIL, "password", Person.PASSWORD))
                            .status())
                    .isEqualTo(422);
            assertThat(browser.send("/signup", Map.of("email", "", "password", ""))
                            .status())
                    .isEqualTo(422);
            Answer made = browser.send(
                    "/signup", Map.of("email", EMAIL, "password", Person.PASSWORD, "consents.terms", "true"));
            assertThat(made.status()).as(made.body()).isEqualTo(303);
            assertThat(made.header("Location")).isEqualTo("/docs");
            assertThat(browser.signedIn()).isTrue();
        }
    }

    @BothEngines
    @DisplayName("where addresses are verified, the page says the same of free and taken ones; a closed server says so")
    void sameForTaken(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "registration.verification", "required")) {
            Map<String, String> fields = Map.of("email", EMAIL, "password", Person.PASSWORD);
            Answer free = new Browser(server).post("/signup", fields);
            Answer taken = new Browser(server).post("/signup", fields);
            assertThat(free.status()).isEqualTo(200);
            assertThat(taken.body()).isEqualTo(free.body()).contains("Look into your mail");
        }
        try (TestServer closed = TestServer.on(database, clock, "registration.mode", "closed")) {
            Browser browser = new Browser(closed);
            assertThat(browser.open("/login").body()).doesNotContain("/signup");
            Answer refused = browser.post("/signup", Map.of("email", "eve@example.com", "password", Person.PASSWORD));
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body()).contains("Sign-up is not open here");
        }
    }

    @BothEngines
    @DisplayName("S1-39 mails to one address are counted together, whether pages or programs ask for them")
    void oneCount(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Map<String, String> sameMails = Map.of(
                    "/api/v1/auth/forgot-password",
                    "/forgot",
                    "/api/v1/auth/resend-verification",
                    PagePath.VERIFY_EMAIL_AGAIN.path());
            sameMails.forEach((route, page) -> {
                for (int i = 0; i < 3; i++) {
                    assertThat(server.client()
                                    .from("203.0.113." + i)
                                    .post(route, Map.of("email", EMAIL))
                                    .status())
                            .isEqualTo(200);
                }
                Browser browser = new Browser(server);
                browser.open(page);
                assertThat(browser.send(page, Map.of("email", EMAIL)).status())
                        .as(page)
                        .isEqualTo(429);
                assertThat(browser.post(page, Map.of("email", "other@example.com"))
                                .status())
                        .as(page)
                        .isEqualTo(200);
                clock.advance(Duration.ofHours(1));
            });
        }
    }

    @BothEngines
    @DisplayName("S2-04 the forgot form mails a link and tells nothing; the link sets a password that signs in")
    void forgot(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person.registered(server, EMAIL);
            Browser browser = new Browser(server);
            browser.open("/forgot");
            assertThat(browser.send("/forgot", Map.of("email", "x")).status()).isEqualTo(422);
            Answer known = browser.post("/forgot", Map.of("email", EMAIL));
            Answer unknown = browser.post("/forgot", Map.of("email", "nobody@example.com"));
            assertThat(known.status()).isEqualTo(200);
            assertThat(unknown.body())
                    .isEqualTo(known.body())
                    .contains("id=\"onward\" class=\"button\" href=\"/login\"");
            assertThat(server.client()
                            .with("Origin", "https://evil.example")
                            .form("/forgot", Map.of("email", EMAIL))
                            .status())
                    .isEqualTo(403);

            browser.open("/reset-password?token=" + server.mails().token(EMAIL, "reset-password"));
            String password = "lamp-Meadow-77-oboe";
            assertThat(browser.send("/reset-password", Map.of("newPassword", password, "repeatPassword", password))
                            .status())
                    .isEqualTo(200);
            browser.open("/login");
            assertThat(browser.send("/login", Map.of("email", EMAIL, "password", password))
                            .status())
                    .isEqualTo(303);
        }
    }
}
