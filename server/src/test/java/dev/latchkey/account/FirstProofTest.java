package dev.latchkey.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.AuthenticatorApp;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

/** What the first proof of a mailbox leaves of what was set before. */
class FirstProofTest {
    private static final String EMAIL = "victim@example.com";
    private static final String FIRST = "plum-Harbour-42-kite";
    private static final String SECOND = "lamp-Meadow-77-oboe";
    private static final String THIRD = "brass-Canyon-19-kelp";
    private static final String VERIFY = "/api/v1/auth/verify-email";

    @BothEngines
    @DisplayName("design 5: of two sign-ups at one address neither password counts: its owner chooses another")
    void twoSignUps(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "registration.verification", "required")) {
            signUp(server, FIRST);
            signUp(server, SECOND);
            assertThat(login(server, SECOND).code()).isEqualTo("EMAIL_NOT_VERIFIED");
            server.client().post("/api/v1/auth/resend-verification", Map.of("email", EMAIL));

            Answer proved = server.client().post(VERIFY, Map.of("token", link(server)));

            assertThat(proved.status()).as(proved.body()).isEqualTo(200);
            assertThat(proved.data("/user/emailVerified").asBoolean()).isTrue();
            assertThat(login(server, FIRST).code()).isEqualTo("INVALID_CREDENTIALS");
            // Nor does it say that the address waits for a proof it has had.
            assertThat(login(server, SECOND).code()).isEqualTo("INVALID_CREDENTIALS");
            Answer reset = server.client()
                    .post(
                            "/api/v1/auth/reset-password",
                            Map.of("token", proved.text("/resetToken"), "newPassword", THIRD));
            assertThat(reset.status()).as(reset.body()).isEqualTo(200);
            assertThat(login(server, THIRD).status()).isEqualTo(200);
        }
    }

    @BothEngines
    @DisplayName(
            "design 5: the page of the link leads on to a new password, and a mail tells that what was set is gone")
    void page(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "registration.verification", "required")) {
            signUp(server, FIRST);
            signUp(server, SECOND);

            Answer proved = server.client().form("/verify-email", Map.of("token", link(server)));

            assertThat(proved.status()).as(proved.body()).isEqualTo(200);
            assertThat(proved.body()).contains("href=\"/reset-password?token=", "choose a new password");
            assertThat(server.mails().subjectsTo(EMAIL)).anyMatch(subject -> subject.contains("yours alone"));
        }
    }

    @BothEngines
    @DisplayName("S4-08 whoever signs up twice with one password, and nobody else, confirms and signs in with it")
    void ordinary(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "registration.verification", "required")) {
            signUp(server, FIRST);
            signUp(server, FIRST);

            Answer proved = server.client().post(VERIFY, Map.of("token", link(server)));

            assertThat(proved.status()).as(proved.body()).isEqualTo(200);
            assertThat(proved.data("").has("resetToken")).isFalse();
            assertThat(login(server, FIRST).status()).isEqualTo(200);
        }
    }

    @BothEngines
    @DisplayName("design 5: a factor that was set before the proof goes where the link is opened by somebody unknown")
    void factorOfAnother(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person stranger = Person.registered(server, EMAIL);
            enrol(stranger, clock);

            Answer proved = server.client().post(VERIFY, Map.of("token", link(server)));

            assertThat(stranger.me().code()).isEqualTo("TOKEN_REVOKED");
            assertThat(stranger.login().code()).isEqualTo("INVALID_CREDENTIALS");
            server.client()
                    .post(
                            "/api/v1/auth/reset-password",
                            Map.of("token", proved.text("/resetToken"), "newPassword", THIRD));
            assertThat(login(server, THIRD).text("/access_token")).isNotEmpty();
        }
    }

    @BothEngines
    @DisplayName("S4-08 a factor stays where the link is opened in a session or a browser of the account")
    void ownFactor(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, EMAIL);
            enrol(ada, clock);
            Person bob = Person.registered(server, "bob@example.com");
            Answer signedUp = bob.anonymous()
                    .post(
                            "/api/v1/auth/login",
                            Map.of("email", bob.email(), "password", Person.PASSWORD, "mode", "cookie"));
            enrol(bob, clock);

            Answer inSession = ada.client().post(VERIFY, Map.of("token", link(server)));
            Answer inBrowser = server.client()
                    .with("Cookie", "latchkey_device=" + signedUp.cookie("latchkey_device"))
                    .post(VERIFY, Map.of("token", server.mails().token(bob.email(), "verify-email")));

            for (Answer proved : new Answer[] {inSession, inBrowser}) {
                assertThat(proved.status()).as(proved.body()).isEqualTo(200);
                assertThat(proved.data("").has("resetToken")).isFalse();
            }
            assertThat(ada.me().data("/user/emailVerified").asBoolean()).isTrue();
            assertThat(ada.login().data("/requiresMFA").asBoolean()).isTrue();
            assertThat(bob.me().data("/user/emailVerified").asBoolean()).isTrue();
        }
    }

    private static void enrol(Person person, MutableClock clock) {
        Answer setup = person.client().post("/api/v1/mfa/setup", Map.of());
        AuthenticatorApp app = new AuthenticatorApp(setup.text("/secret"), clock);
        Answer enabled = person.client().post("/api/v1/mfa/enable", Map.of("code", app.code()));
        assertThat(enabled.status()).as(enabled.body()).isEqualTo(200);
    }

    private static void signUp(TestServer server, String password) {
        Answer answer = server.client().post("/api/v1/auth/register", Map.of("email", EMAIL, "password", password));
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    }

    private static Answer login(TestServer server, String password) {
        return server.client().post("/api/v1/auth/login", Map.of("email", EMAIL, "password", password));
    }

    private static String link(TestServer server) {
        return server.mails().token(EMAIL, "verify-email");
    }
}
