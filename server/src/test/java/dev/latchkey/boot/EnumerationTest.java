package dev.latchkey.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.Databases;
import dev.latchkey.db.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestReporter;

/** What a stranger cannot learn: whether an account exists. */
class EnumerationTest {
    private static final String AUTH = "/api/v1/auth/";
    private static final String KNOWN = "known@example.com";
    private static final String VERIFIED = "known2@example.com";
    private static final String UNKNOWN = "other@example.com";
    private static final Duration FLOOR = Duration.ofMillis(400);
    private static final int LOCKING_FAILURES = 5;

    private final AtomicInteger number = new AtomicInteger();

    @BothEngines
    @DisplayName("V6.3.8 login, forgot, resend and a change of address answer and write the same for known and unknown")
    void sameAnswerSameWrites(TestDatabase database, MutableClock clock, TestReporter reporter) {
        ObservedDatabase observed = new ObservedDatabase(Databases.open(database.config()));
        try (TestServer server = TestServer.over(observed, database, clock, "limits.enabled", "false")) {
            Person known = Person.registered(server, KNOWN);
            verify(server, Person.registered(server, VERIFIED));
            for (int i = 0; i < LOCKING_FAILURES; i++) {
                // The last one locks: only the owner of an account can then be told.
                int failure = i;
                Function<String, Answer> login = email -> login(server, email);
                if (failure < LOCKING_FAILURES - 1) {
                    same("login", login, observed, reporter);
                } else {
                    sameAnswer("the login that locks", login.apply(KNOWN), login.apply(UNKNOWN));
                }
            }
            same("login while locked", email -> login(server, email), observed, reporter);
            same("forgot", email -> post(server, "forgot-password", Map.of("email", email)), observed, reporter);
            same("resend", email -> post(server, "resend-verification", Map.of("email", email)), observed, reporter);
            same(
                    "resend to a verified address",
                    email -> post(
                            server, "resend-verification", Map.of("email", email.equals(KNOWN) ? VERIFIED : UNKNOWN)),
                    observed,
                    reporter);
            Person asking = Person.registered(server, "asking@example.com");
            same(
                    "change of address",
                    email -> asking.client()
                            .with("X-Request-Id", next())
                            .patch(
                                    AUTH + "me",
                                    Map.of(
                                            "email",
                                            email.equals(KNOWN) ? KNOWN : UNKNOWN,
                                            "currentPassword",
                                            Person.PASSWORD)),
                    observed,
                    reporter);
            assertThat(known.me().status()).isEqualTo(200);
        }
    }

    @BothEngines
    @DisplayName(
            "V6.3.8 where verification is required, a login with the password of a sign-up tells not whether the address was free")
    void loginAfterSignUp(TestDatabase database, MutableClock clock, TestReporter reporter) {
        ObservedDatabase observed = new ObservedDatabase(Databases.open(database.config()));
        try (TestServer server = TestServer.over(
                observed, database, clock, "limits.enabled", "false", "registration.verification", "required")) {
            register(server, KNOWN);
            String proof = server.mails().token(KNOWN, "verify-email");
            post(server, "verify-email", Map.of("token", proof));
            for (String email : List.of(KNOWN, UNKNOWN)) {
                signUp(server, email, "first-Harbour-42-kite");
                signUp(server, email, "other-Harbour-43-kite");
            }

            for (String password : List.of("first-Harbour-42-kite", "other-Harbour-43-kite", "third-Harbour-44-kite")) {
                same(
                        "login with " + password,
                        email -> post(server, "login", Map.of("email", email, "password", password)),
                        observed,
                        reporter);
            }
            assertThat(post(server, "login", Map.of("email", UNKNOWN, "password", "first-Harbour-42-kite"))
                            .code())
                    .isEqualTo("EMAIL_NOT_VERIFIED");
            assertThat(post(server, "login", Map.of("email", KNOWN, "password", Person.PASSWORD))
                            .status())
                    .isEqualTo(200);
        }
    }

    @BothEngines
    @DisplayName("V6.3.8 a sign-up at a taken address is forgotten once the owner's password is set anew")
    void attemptsAreForgotten(TestDatabase database, MutableClock clock) {
        try (TestServer server =
                TestServer.on(database, clock, "limits.enabled", "false", "registration.verification", "required")) {
            signUp(server, KNOWN, "first-Harbour-42-kite");
            post(server, "forgot-password", Map.of("email", KNOWN));
            String reset = server.mails().token(KNOWN, "reset-password");
            post(server, "reset-password", Map.of("token", reset, "newPassword", "lamp-Meadow-77-oboe"));

            assertThat(post(server, "login", Map.of("email", KNOWN, "password", "first-Harbour-42-kite"))
                            .code())
                    .isEqualTo("INVALID_CREDENTIALS");
            assertThat(post(server, "login", Map.of("email", KNOWN, "password", "lamp-Meadow-77-oboe"))
                            .status())
                    .isEqualTo(200);
        }
    }

    private Answer signUp(TestServer server, String email, String password) {
        Answer answer = post(server, "register", Map.of("email", email, "password", password));
        assertThat(answer.status()).isEqualTo(202);
        return answer;
    }

    @BothEngines
    @DisplayName("V6.3.8 where verification is required, signing up with a taken address answers as with a free one")
    void signUp(TestDatabase database, MutableClock clock) {
        try (TestServer server =
                TestServer.on(database, clock, "limits.enabled", "false", "registration.verification", "required")) {
            Answer first = register(server, KNOWN);
            Answer taken = register(server, KNOWN);
            Answer free = register(server, UNKNOWN);

            assertThat(first.status()).isEqualTo(202);
            sameAnswer("sign-up", taken, free);
            // Nor does a login tell that the account waits for its verification.
            sameAnswer("login", login(server, KNOWN), login(server, "nobody@example.com"));
        }
    }

    @BothEngines
    @DisplayName("V6.3.8 no such answer comes before the common floor")
    void floor(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(
                database,
                clock,
                "limits.enabled",
                "false",
                "registration.verification",
                "required",
                "login.failure-floor",
                FLOOR.toMillis() + "ms")) {
            register(server, KNOWN);
            for (String email : new String[] {KNOWN, UNKNOWN}) {
                for (int i = 0; i <= LOCKING_FAILURES; i++) {
                    notBeforeFloor("login", () -> login(server, email));
                }
                notBeforeFloor("forgot", () -> post(server, "forgot-password", Map.of("email", email)));
                notBeforeFloor("resend", () -> post(server, "resend-verification", Map.of("email", email)));
                notBeforeFloor("sign-up", () -> register(server, email));
            }
        }
    }

    /** @param request asks with a request id that begins with nothing else's */
    private void same(String what, Function<String, Answer> request, ObservedDatabase observed, TestReporter reporter) {
        Answer known = request.apply(KNOWN);
        Answer unknown = request.apply(UNKNOWN);
        sameAnswer(what, known, unknown);
        ObservedDatabase.Footprint left = observed.of(known.header("X-Request-Id"));
        ObservedDatabase.Footprint right = observed.of(unknown.header("X-Request-Id"));
        assertThat(left.writes()).as(what).isNotEmpty().isEqualTo(right.writes());
        assertThat(left.transactions()).as(what).isEqualTo(right.transactions());
        reporter.publishEntry(what, left.writes() + ", reads " + left.reads() + " and " + right.reads());
    }

    private static void sameAnswer(String what, Answer known, Answer unknown) {
        assertThat(known.status()).as(what).isEqualTo(unknown.status());
        assertThat(text(known)).as(what).isEqualTo(text(unknown));
        assertThat(headers(known)).as(what).isEqualTo(headers(unknown));
    }

    /** Without the addresses asked for, which are as long as each other. */
    private static String text(Answer answer) {
        return answer.body()
                .replace(answer.header("X-Request-Id"), "(id)")
                .replace(KNOWN, "(email)")
                .replace(UNKNOWN, "(email)");
    }

    private static Map<String, Object> headers(Answer answer) {
        Map<String, Object> headers = new TreeMap<>(answer.headers().map());
        headers.keySet().removeIf(name -> name.startsWith(":"));
        headers.replace("date", "");
        headers.replace("x-request-id", "");
        return headers;
    }

    private static void notBeforeFloor(String what, Runnable request) {
        long start = System.nanoTime();
        request.run();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).as(what).isGreaterThanOrEqualTo(FLOOR);
    }

    private Answer login(TestServer server, String email) {
        return post(server, "login", Map.of("email", email, "password", "wrong-password-1"));
    }

    private Answer register(TestServer server, String email) {
        return post(server, "register", Map.of("email", email, "password", Person.PASSWORD));
    }

    private Answer post(TestServer server, String path, Map<String, String> body) {
        return server.client().with("X-Request-Id", next()).post(AUTH + path, body);
    }

    private String next() {
        return "request-" + (100 + number.incrementAndGet());
    }

    private static void verify(TestServer server, Person person) {
        String token = server.mails().token(person.email(), "verify-email");
        Answer answer = server.client().post(AUTH + "verify-email", Map.of("token", token));
        assertThat(answer.status()).isEqualTo(200);
    }
}
