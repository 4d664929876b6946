package dev.latchkey.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.Race;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.otp.LoginCodes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

class MailLoginTest {
    private static final String BEGIN = "/api/v1/auth/magic-link";
    private static final String OTP = "/api/v1/auth/otp";

    @BothEngines
    @DisplayName("S1-02 a mailed code signs in where the login began; of 50 uses at once one does")
    void code(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "limits.enabled", "false")) {
            Person ada = Person.registered(server, "ada@example.com");
            String handle = begin(server, ada.email());
            String code = server.mails().code(ada.email(), "login/link");
            assertThat(otp(server, begin(server, ada.email()), code).code()).isEqualTo("INVALID_LOGIN_CODE");

            List<Answer> answers = Race.of(50, () -> otp(server, handle, code));

            assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
            assertThat(answers)
                    .filteredOn(answer -> answer.status() != 200)
                    .extracting(Answer::code)
                    .containsOnly("INVALID_LOGIN_CODE");
            Answer done = answers.stream()
                    .filter(answer -> answer.status() == 200)
                    .findFirst()
                    .orElseThrow();
            assertThat(ada.with(done).me().status()).isEqualTo(200);
        }
    }

    @BothEngines
    @DisplayName("V6.3.8 known and unknown addresses get the same answer, and only the known one a mail")
    void unknown(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Answer answer = server.client().post(BEGIN, Map.of("email", "nobody@example.com"));
            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.text("/loginToken")).hasSize(43);
            assertThat(server.mails().to("nobody@example.com")).isEmpty();
            assertThat(otp(server, answer.text("/loginToken"), "000000").code()).isEqualTo("INVALID_LOGIN_CODE");
        }
    }

    @BothEngines
    @DisplayName("S1-02 the mailed link shows a button, signs in only in the browser that asked, and once")
    void link(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            Answer begun = server.client().post(BEGIN, Map.of("email", ada.email()));
            String handle = begun.cookie("latchkey_login");
            String token = server.mails().token(ada.email(), "login/link");
            assertThat(server.client().get("/login/link?token=" + token).body())
                    .contains("Type the code where you began");
            assertThat(server.client()
                            .form("/login/link", Map.of("token", token))
                            .status())
                    .isEqualTo(401);

            assertThat(server.client()
                            .with("Cookie", "latchkey_login=" + handle)
                            .get("/login/link?token=" + token)
                            .body())
                    .contains("id=\"login-link\"");
            Answer done = server.client()
                    .with("Cookie", "latchkey_login=" + handle)
                    .form("/login/link", Map.of("token", token));

            assertThat(done.status()).as(done.body()).isEqualTo(303);
            assertThat(done.header("Location")).isEqualTo("/account");
            assertThat(server.client()
                            .with("Cookie", "latchkey_session=" + done.cookie("latchkey_session"))
                            .get("/api/v1/auth/me")
                            .status())
                    .isEqualTo(200);
            assertThat(server.client()
                            .with("Cookie", "latchkey_login=" + handle)
                            .form("/login/link", Map.of("token", token))
                            .status())
                    .isEqualTo(401);
        }
    }

    @BothEngines
    @DisplayName("a mailbox that was never proved is claimed by whoever reads it: the password set before is void")
    void claim(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person stranger = Person.registered(server, "ada@example.com");
            String handle = begin(server, "ada@example.com");

            Answer done = otp(server, handle, server.mails().code("ada@example.com", "login/link"));

            assertThat(done.status()).as(done.body()).isEqualTo(200);
            assertThat(stranger.me().status()).isEqualTo(401);
            assertThat(stranger.login().code()).isEqualTo("INVALID_CREDENTIALS");
            assertThat(stranger.with(done).me().data("/user/emailVerified").asBoolean())
                    .isTrue();
        }
    }

    @BothEngines
    @DisplayName(
            "N5 a hundred wrong codes in a row, over many mails, and only the link signs in; its owner is told, and any login ends it")
    void guesses(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "limits.enabled", "false", "token.access-ttl", "6h")) {
            Person ada = Person.registered(server, "ada@example.com");
            guess(server, ada, 19, clock);
            Answer begun = server.client().post(BEGIN, Map.of("email", ada.email()));
            String handle = begun.text("/loginToken");
            for (int i = 0; i < 4; i++) {
                otp(server, handle, "000000");
            }
            assertThat(server.auditNames()).doesNotContain("login.codes-blocked.v1");
            otp(server, handle, "000000");
            assertThat(server.auditNames()).containsOnlyOnce("login.codes-blocked.v1");
            assertThat(server.mails().subjectsTo(ada.email())).contains("Mailed codes are blocked at Latchkey");

            Answer again = server.client().post(BEGIN, Map.of("email", ada.email()));
            String right = server.mails().code(ada.email(), "login/link");
            String token = server.mails().token(ada.email(), "login/link");
            assertThat(otp(server, again.text("/loginToken"), right).code()).isEqualTo("INVALID_LOGIN_CODE");
            assertThat(server.auditReasons("login.failed.v1")).contains("login_codes_blocked");
            Answer byLink = server.client()
                    .with("Cookie", "latchkey_login=" + again.cookie("latchkey_login"))
                    .form("/login/link", Map.of("token", token));
            assertThat(byLink.status()).as(byLink.body()).isEqualTo(303);

            String fresh = begin(server, ada.email());
            Answer done = otp(server, fresh, server.mails().code(ada.email(), "login/link"));
            assertThat(done.status()).as(done.body()).isEqualTo(200);
        }
    }

    @BothEngines
    @DisplayName(
            "N5 V16.3.1 wrong mailed codes stand in their owner's history; an administrator makes codes work again")
    void unblocked(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "limits.enabled", "false", "token.access-ttl", "6h")) {
            Person ada = Person.registered(server, "ada@example.com");
            Person admin = Person.registered(server, "admin@example.com");
            server.grant(admin.email(), "ADMIN");
            String proof = server.mails().token(ada.email(), "verify-email");
            server.client().post("/api/v1/auth/verify-email", Map.of("token", proof));
            guess(server, ada, 20, clock);
            assertThat(ada.client().get("/api/v1/auth/history").body()).contains("login.failed");
            String handle = begin(server, ada.email());
            String code = server.mails().code(ada.email(), "login/link");
            assertThat(otp(server, handle, code).code()).isEqualTo("INVALID_LOGIN_CODE");

            Answer unlocked = admin.client().post("/api/v1/user-management/" + ada.id() + "/unlock");

            assertThat(unlocked.status()).as(unlocked.body()).isEqualTo(200);
            assertThat(otp(server, handle, code).status()).isEqualTo(200);
        }
    }

    @BothEngines
    @DisplayName(
            "V6.3.1 a stranger does not use up the codes that an address may ask for; all together have a limit too")
    void limits(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            for (int stranger = 1; stranger <= 3; stranger++) {
                for (int i = 0; i < 5; i++) {
                    assertThat(from(server, stranger, ada).status()).isEqualTo(202);
                }
                assertThat(from(server, stranger, ada).code()).isEqualTo("RATE_LIMITED");
            }
            assertThat(ada.anonymous().post(BEGIN, Map.of("email", ada.email())).status())
                    .isEqualTo(202);
            for (int i = 0; i < 5; i++) {
                from(server, 4, ada);
            }
            assertThat(from(server, 5, ada).code()).isEqualTo("RATE_LIMITED");
        }
    }

    private static Answer from(TestServer server, int stranger, Person person) {
        return server.client().from("203.0.113." + stranger).post(BEGIN, Map.of("email", person.email()));
    }

    /** Uses up the codes of this many mails. */
    private static void guess(TestServer server, Person person, int mails, MutableClock clock) {
        for (int mail = 0; mail < mails; mail++) {
            clock.advance(Duration.ofMinutes(11));
            String handle = begin(server, person.email());
            for (int i = 0; i < LoginCodes.TRIES; i++) {
                assertThat(otp(server, handle, "000000").code()).isEqualTo("INVALID_LOGIN_CODE");
            }
            assertThat(otp(server, handle, "000000").code()).isEqualTo("INVALID_LOGIN_CODE");
        }
    }

    @BothEngines
    @DisplayName(
            "design 5: an invited account is nobody else's: a mailed code or a reset link verifies it, and removes nothing")
    void invited(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person root = Person.registered(server, "root@example.com");
            server.grant(root.email(), "ADMIN");
            Person admin = root.loggedIn();
            for (String email : List.of("code@example.com", "reset@example.com")) {
                Answer made = admin.client().post("/api/v1/users", Map.of("email", email, "name", "Ada"));
                assertThat(made.status()).as(made.body()).isEqualTo(201);
            }

            Answer byCode = otp(
                    server, begin(server, "code@example.com"), server.mails().code("code@example.com", "login/link"));
            server.client().post("/api/v1/auth/forgot-password", Map.of("email", "reset@example.com"));
            String link = server.mails().token("reset@example.com", "reset-password");
            server.client().post("/api/v1/auth/reset-password", Map.of("token", link, "newPassword", Person.PASSWORD));
            Answer byLink = server.client()
                    .post("/api/v1/auth/login", Map.of("email", "reset@example.com", "password", Person.PASSWORD));

            for (Answer login : List.of(byCode, byLink)) {
                Answer me = admin.with(login).me();
                assertThat(me.text("/user/name")).isEqualTo("Ada");
                assertThat(me.data("/user/emailVerified").asBoolean()).isTrue();
            }
            assertThat(server.auditNames())
                    .doesNotContain("user.mailbox-claimed.v1")
                    .contains("email.verified.v1");
        }
    }

    private static String begin(TestServer server, String email) {
        return server.client().post(BEGIN, Map.of("email", email)).text("/loginToken");
    }

    private static Answer otp(TestServer server, String handle, String code) {
        return server.client().post(OTP, Map.of("loginToken", handle, "code", code));
    }
}
