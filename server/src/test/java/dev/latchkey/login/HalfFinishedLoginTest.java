package dev.latchkey.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.AuthenticatorApp;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.ClientAddress;
import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.MutableClock;
import dev.latchkey.core.Problem;
import dev.latchkey.core.RequestContext;
import dev.latchkey.core.TenantId;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.session.SessionWish;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;

class HalfFinishedLoginTest {
    private static final RequestContext CONTEXT = new RequestContext(
            "test",
            TenantId.MAIN,
            new ClientAddress(InetAddress.getLoopbackAddress()),
            "test",
            Optional.empty(),
            Locale.ENGLISH);

    @BothEngines
    @DisplayName("V7.2.4 a password change during a half-finished login kills that login")
    void passwordChange(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            LoginFlow flow = server.loginFlow();
            Attempt half = halfFinished(flow, ada);

            assertThat(ada.client()
                            .post(
                                    "/api/v1/auth/change-password",
                                    Map.of("currentPassword", Person.PASSWORD, "newPassword", "lamp-Meadow-77-oboe"))
                            .status())
                    .isEqualTo(200);

            assertThatThrownBy(() -> flow.proceed(half, Optional.empty(), CONTEXT))
                    .isInstanceOfSatisfying(
                            Problem.class,
                            problem -> assertThat(problem.code()).isEqualTo(ErrorCode.INVALID_CREDENTIALS));
        }
    }

    @BothEngines
    @DisplayName("V7.4.2 a user who is disabled during a half-finished login does not get in")
    void disabled(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            LoginFlow flow = server.loginFlow();
            Attempt half = halfFinished(flow, ada);

            server.disable(ada.email());

            assertThatThrownBy(() -> flow.proceed(half, Optional.empty(), CONTEXT))
                    .isInstanceOf(Problem.class);
        }
    }

    @BothEngines
    @DisplayName("V6.3.1 guesses that were let in together: the right one does not get in once the others have locked")
    void locked(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "limits.enabled", "false")) {
            Person ada = Person.registered(server, "ada@example.com");
            LoginFlow flow = server.loginFlow();
            Attempt half = halfFinished(flow, ada);

            for (int i = 0; i < 5; i++) {
                assertThat(ada.login("wrong-password-" + i).status()).isEqualTo(401);
            }

            assertThatThrownBy(() -> flow.proceed(half, Optional.empty(), CONTEXT))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.ACCOUNT_LOCKED));
            assertThat(ada.login().status()).isEqualTo(423);
            assertThat(server.auditNames())
                    .filteredOn("login.failed.v1"::equals)
                    .hasSize(7);
        }
    }

    @BothEngines
    @DisplayName(
            "V6.3.1 guesses that were let in together: the right one is not asked for a second factor once they have locked")
    void lockedBeforeTheFactor(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "limits.enabled", "false")) {
            Person ada = Person.registered(server, "ada@example.com");
            Answer setup = ada.client().post("/api/v1/mfa/setup", Map.of());
            AuthenticatorApp app = new AuthenticatorApp(setup.text("/secret"), clock);
            ada.client().post("/api/v1/mfa/enable", Map.of("code", app.code()));
            clock.advance(Duration.ofSeconds(30));
            LoginFlow flow = server.loginFlow();
            Attempt half = halfFinished(flow, ada);

            for (int i = 0; i < 5; i++) {
                assertThat(ada.login("wrong-password-" + i).status()).isEqualTo(401);
            }

            for (Optional<Proof.Second> second :
                    List.<Optional<Proof.Second>>of(Optional.empty(), Optional.of(Proof.typed(app.code())))) {
                assertThatThrownBy(() -> flow.proceed(half, second, CONTEXT))
                        .isInstanceOfSatisfying(
                                Problem.class,
                                problem -> assertThat(problem.code()).isEqualTo(ErrorCode.ACCOUNT_LOCKED));
            }
        }
    }

    private static Attempt halfFinished(LoginFlow flow, Person person) {
        EmailAddress address = EmailAddress.parse(person.email()).orElseThrow();
        return flow.submit(Attempt.begin(SessionWish.TOKENS), new Proof.Password(address, person.password()), CONTEXT);
    }
}
