package dev.latchkey.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.Race;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
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

    private static String begin(TestServer server, String email) {
        return server.client().post(BEGIN, Map.of("email", email)).text("/loginToken");
    }

    private static Answer otp(TestServer server, String handle, String code) {
        return server.client().post(OTP, Map.of("loginToken", handle, "code", code));
    }
}
