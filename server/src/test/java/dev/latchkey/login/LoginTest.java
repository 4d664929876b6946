package dev.latchkey.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.ApiClient;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.Race;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.Eventually;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;

class LoginTest {
    @BothEngines
    @DisplayName("S0-02 S1-31 an unknown user and a wrong password get the same answer")
    void sameRefusal(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");

            Answer wrong = ada.login("not-her-password-1");
            Answer unknown = ada.anonymous()
                    .post("/api/v1/auth/login", Map.of("email", "eve@example.com", "password", "not-her-password-1"));

            assertThat(wrong.status()).isEqualTo(401);
            assertThat(wrong.code()).isEqualTo("INVALID_CREDENTIALS");
            assertThat(wrong.json().at("/message").asString()).isEqualTo("Invalid email or password");
            assertThat(unknown.status()).isEqualTo(wrong.status());
            assertThat(unknown.json().at("/error").toString())
                    .isEqualTo(wrong.json().at("/error").toString());
            assertThat(wrong.cookies()).isEmpty();
            assertThat(unknown.cookies()).isEmpty();
        }
    }

    @BothEngines
    @DisplayName("S3-17 S0-37 five 401s, then 429 from the same address; 423 from another")
    void limitThenLock(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            for (int i = 0; i < 5; i++) {
                assertThat(ada.login("wrong-password-" + i).status()).isEqualTo(401);
            }

            Answer limited = ada.login("wrong-password-5");
            assertThat(limited.status()).isEqualTo(429);
            assertThat(limited.code()).isEqualTo("RATE_LIMITED");
            assertThat(limited.header("Retry-After")).isNotEmpty();
            Answer locked = elsewhere(server, ada, Person.PASSWORD);
            assertThat(locked.status()).isEqualTo(423);
            assertThat(locked.code()).isEqualTo("ACCOUNT_LOCKED");
        }
    }

    @BothEngines
    @DisplayName("a login at a locked name, which hashes nothing, keeps nobody from hashing while its answer waits")
    void lockedHoldsNoPlace(TestDatabase database, MutableClock clock) throws Exception {
        try (TestServer server = TestServer.on(
                        database, clock, "login.failure-floor", "1s", "password.hashing-longest-wait", "60s");
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Person ada = Person.registered(server, "ada@example.com");
            AtomicInteger number = new AtomicInteger();
            Callable<Answer> guess = () -> server.client()
                    .from("203.0.113." + number.incrementAndGet())
                    .unshared()
                    .post("/api/v1/auth/login", Map.of("email", ada.email(), "password", "wrong-guess-1"));
            Race.of(5, guess);
            long failures = failures(server);

            Future<Answer> locked = callers.submit(guess);
            Eventually.holds(() -> failures(server) > failures);
            int waiting = server.passwordsWaiting();

            assertThat(waiting).isZero();
            assertThat(locked.get().code()).isEqualTo("ACCOUNT_LOCKED");
        }
    }

    private static long failures(TestServer server) {
        return server.auditNames().stream().filter("login.failed.v1"::equals).count();
    }

    @BothEngines
    @DisplayName("V6.3.1 of many guesses at once from many addresses five are answered; the others meet the lock")
    void guessesAtOnce(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "password.hashing-longest-wait", "60s")) {
            Person ada = Person.registered(server, "ada@example.com");
            AtomicInteger number = new AtomicInteger();

            List<Answer> answers = Race.of(30, () -> {
                int guess = number.incrementAndGet();
                return server.client()
                        .from("203.0.113." + guess)
                        .unshared()
                        .post("/api/v1/auth/login", Map.of("email", ada.email(), "password", "wrong-guess-" + guess));
            });

            assertThat(answers).filteredOn(answer -> answer.status() == 401).hasSize(5);
            assertThat(answers).filteredOn(answer -> answer.status() == 423).hasSize(25);
        }
    }

    @BothEngines
    @DisplayName("S1-40 a lock ends by itself after 30 minutes")
    void lockEnds(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = lockedOut(server);
            clock.advance(Duration.ofMinutes(30).plusSeconds(1));

            assertThat(elsewhere(server, ada, Person.PASSWORD).status()).isEqualTo(200);
        }
    }

    @BothEngines
    @DisplayName("S1-40 the mail about a lock unlocks; its link works once, and never by GET")
    void unlockByMail(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = lockedOut(server);
            String token = server.mails().token(ada.email(), "unlock-account");
            assertThat(server.client().get("/unlock-account?token=" + token).status())
                    .isEqualTo(200);
            assertThat(elsewhere(server, ada, Person.PASSWORD).status()).isEqualTo(423);

            assertThat(server.client()
                            .form("/unlock-account", Map.of("token", token))
                            .status())
                    .isEqualTo(200);

            assertThat(elsewhere(server, ada, Person.PASSWORD).status()).isEqualTo(200);
            assertThat(server.client()
                            .form("/unlock-account", Map.of("token", token))
                            .status())
                    .isEqualTo(400);
        }
    }

    @BothEngines
    @DisplayName("C16 a browser that completed a login is not locked out by failures elsewhere, and sessions go on")
    void knownDevice(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            String device = ada.login().cookie("latchkey_device");
            for (int i = 0; i < 5; i++) {
                elsewhere(server, ada, "wrong-password-" + i);
            }
            assertThat(elsewhere(server, ada, Person.PASSWORD).status()).isIn(423, 429);

            Answer known = ada.anonymous()
                    .with("Cookie", "latchkey_device=" + device)
                    .post("/api/v1/auth/login", Map.of("email", ada.email(), "password", Person.PASSWORD));

            assertThat(known.status()).as(known.body()).isEqualTo(200);
            assertThat(ada.me().status()).isEqualTo(200);
        }
    }

    @BothEngines
    @DisplayName("S1-34 a sixth session ends the oldest, with its refresh token")
    void atMostFive(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person first = Person.registered(server, "ada@example.com");
            for (int i = 0; i < 4; i++) {
                clock.advance(Duration.ofSeconds(1));
                first.loggedIn();
            }
            assertThat(first.me().status()).isEqualTo(200);
            clock.advance(Duration.ofSeconds(1));

            Person sixth = first.loggedIn();

            assertThat(first.me().code()).isEqualTo("TOKEN_REVOKED");
            assertThat(first.refresh().code()).isEqualTo("TOKEN_REVOKED");
            assertThat(sixth.client().get("/api/v1/auth/sessions").data("").size())
                    .isEqualTo(5);
        }
    }

    @BothEngines
    @DisplayName("N9 a login from a browser not seen before is told by mail; the first one and a known one are not")
    void newDeviceMail(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            int before = server.mails().to(ada.email()).size();
            String device = ada.login().cookie("latchkey_device");
            assertThat(server.mails().to(ada.email())).hasSize(before + 1);

            ada.anonymous()
                    .with("Cookie", "latchkey_device=" + device)
                    .post("/api/v1/auth/login", Map.of("email", ada.email(), "password", Person.PASSWORD));

            assertThat(server.mails().to(ada.email())).hasSize(before + 1);
        }
    }

    @BothEngines
    @DisplayName("principle 9: logins without cookies leave no endless row of known browsers; the oldest is forgotten")
    void boundedDevices(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "limits.enabled", "false")) {
            Person ada = Person.registered(server, "ada@example.com");
            String oldest = ada.login().cookie("latchkey_device");
            String newest = oldest;
            for (int i = 0; i < 50; i++) {
                clock.advance(Duration.ofSeconds(1));
                newest = ada.login().cookie("latchkey_device");
            }

            assertThat(loginFrom(ada, newest).cookies()).isEmpty();
            assertThat(loginFrom(ada, oldest).cookie("latchkey_device")).isNotEqualTo(oldest);
        }
    }

    private static Answer loginFrom(Person person, String device) {
        return person.anonymous()
                .with("Cookie", "latchkey_device=" + device)
                .post("/api/v1/auth/login", Map.of("email", person.email(), "password", person.password()));
    }

    @BothEngines
    @DisplayName(
            "design 7: verification required: nobody signs in unverified, and only the password's owner learns why")
    void verificationRequired(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "registration.verification", "required")) {
            ApiClient client = server.client();
            Map<String, String> body = Map.of("email", "ada@example.com", "password", Person.PASSWORD);
            Answer free = client.post("/api/v1/auth/register", body);
            Answer taken = client.post("/api/v1/auth/register", body);
            assertThat(free.status()).isEqualTo(202);
            assertThat(taken.status()).isEqualTo(202);
            assertThat(taken.data("")).isEqualTo(free.data(""));

            assertThat(client.post("/api/v1/auth/login", body).code()).isEqualTo("EMAIL_NOT_VERIFIED");
            String token = server.mails().token("ada@example.com", "verify-email");
            client.post("/api/v1/auth/verify-email", Map.of("token", token));
            assertThat(client.post("/api/v1/auth/login", body).status()).isEqualTo(200);
        }
    }

    private static Person lockedOut(TestServer server) {
        Person ada = Person.registered(server, "ada@example.com");
        for (int i = 0; i < 5; i++) {
            ada.login("wrong-password-" + i);
        }
        return ada;
    }

    private static Answer elsewhere(TestServer server, Person person, String password) {
        return server.client()
                .from("203.0.113.77")
                .post("/api/v1/auth/login", Map.of("email", person.email(), "password", password));
    }
}
