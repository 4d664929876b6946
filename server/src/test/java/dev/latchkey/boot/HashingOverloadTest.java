package dev.latchkey.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.password.PasswordService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestReporter;

class HashingOverloadTest {
    private static final int LOGINS = 500;
    private static final int THREADS = 2;
    private static final int QUEUE = 40;

    @BothEngines
    @DisplayName(
            "API4 500 logins at once against two hashing threads: honest 503s, a bounded queue, other routes go on")
    void overload(TestDatabase database, MutableClock clock, TestReporter reporter) throws Exception {
        try (TestServer server = TestServer.on(
                        database,
                        clock,
                        "password.hashing-threads",
                        Integer.toString(THREADS),
                        "password.hashing-queue",
                        Integer.toString(QUEUE),
                        "limits.enabled",
                        "false");
                ExecutorService background = Executors.newVirtualThreadPerTaskExecutor()) {
            Person ada = Person.registered(server, "ada@example.com");
            Person bystander = Person.registered(server, "bob@example.com");
            Bystander watching = new Bystander(server, bystander);
            Future<Bystander> watched = background.submit(watching);
            AtomicInteger number = new AtomicInteger();

            List<Answer> answers = Race.of(LOGINS, () -> login(server, ada, number.getAndIncrement()));
            watching.stop();
            Bystander seen = watched.get();

            List<Integer> statuses = answers.stream().map(Answer::status).toList();
            assertThat(statuses).isSubsetOf(200, 401, 503).contains(200, 401, 503);
            List<Answer> refusals =
                    answers.stream().filter(answer -> answer.status() == 503).toList();
            assertThat(refusals).allSatisfy(HashingOverloadTest::isHonest);
            PasswordService passwords = server.app().services().passwords;
            // Refused before anything was asked of the database, so that it has room for everybody else.
            assertThat(passwords.refused()).isEqualTo(refusals.size());
            assertThat(seen.mostWaiting).isLessThanOrEqualTo(THREADS + QUEUE);
            assertThat(seen.mostHashing).isLessThanOrEqualTo(THREADS);
            assertThat(seen.rounds).as("rounds of other requests meanwhile").isPositive();
            assertThat(seen.unwanted).isEmpty();
            assertThat(passwords.waiting()).isZero();
            assertThat(ada.login().status()).as("once it is over").isEqualTo(200);
            reporter.publishEntry(Map.of(
                    "200", count(statuses, 200),
                    "401", count(statuses, 401),
                    "503", count(statuses, 503),
                    "most waiting", Integer.toString(seen.mostWaiting),
                    "rounds of other requests", Integer.toString(seen.rounds),
                    "slowest of them, ms", Long.toString(seen.slowestMillis)));
        }
    }

    /** Every other one is right; the wrong ones name a different stranger each, so that nobody is locked out. */
    private static Answer login(TestServer server, Person right, int number) {
        String email = number % 2 == 0 ? right.email() : "stranger" + number + "@example.com";
        return server.client()
                .unshared()
                .from("203.0." + number / 250 + "." + (1 + number % 250))
                .post("/api/v1/auth/login", Map.of("email", email, "password", right.password()));
    }

    private static void isHonest(Answer refusal) {
        assertThat(refusal.code()).isEqualTo("SERVICE_UNAVAILABLE");
        assertThat(Integer.parseInt(refusal.header("Retry-After"))).isBetween(1, 60);
    }

    private static String count(List<Integer> statuses, int status) {
        return Long.toString(statuses.stream().filter(each -> each == status).count());
    }

    /** Someone who is signed in and goes on with their work. */
    private static final class Bystander implements Callable<Bystander> {
        private final PasswordService passwords;
        private final ApiClient anonymous;
        private Person person;
        private volatile boolean stopped;
        private int mostWaiting;
        private int mostHashing;
        private int rounds;
        private long slowestMillis;
        private final List<String> unwanted = new ArrayList<>();

        Bystander(TestServer server, Person person) {
            this.passwords = server.app().services().passwords;
            this.anonymous = person.anonymous();
            this.person = person;
        }

        void stop() {
            stopped = true;
        }

        @Override
        public Bystander call() {
            while (!stopped) {
                require(200, () -> anonymous.get("/health/live"));
                require(200, () -> person.me());
                Answer refreshed = require(200, () -> person.refresh());
                if (refreshed.status() == 200) {
                    person = person.with(refreshed);
                }
                rounds++;
            }
            return this;
        }

        private Answer require(int status, Supplier<Answer> request) {
            mostWaiting = Math.max(mostWaiting, passwords.waiting());
            mostHashing = Math.max(mostHashing, passwords.hashing());
            long start = System.nanoTime();
            Answer answer = request.get();
            slowestMillis = Math.max(slowestMillis, (System.nanoTime() - start) / 1_000_000);
            if (answer.status() != status) {
                unwanted.add(answer.status() + " " + answer.body());
            }
            return answer;
        }
    }
}
