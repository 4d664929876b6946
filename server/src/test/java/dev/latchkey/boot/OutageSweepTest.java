package dev.latchkey.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.db.OwnPostgres;
import dev.latchkey.http.ErrorShape;
import dev.latchkey.http.Method;
import dev.latchkey.limit.LimitPolicy;
import dev.latchkey.redis.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every route of two nodes while Redis or PostgreSQL is away; the golden files say which refuse meanwhile, and which go on. */
@Timeout(300)
class OutageSweepTest {
    private static final Duration UNHEARD = Duration.ofMillis(1_001);

    /** Not how hashes are made, but what the server does without what it needs is looked at here. */
    private static final String[] CHEAP_HASHES = {
        "password.argon2-memory-kib", "7168", "password.argon2-iterations", "5"
    };

    /** What each waits for is a connection that nobody gets. */
    private static final int ALL_THAT_WAIT = 32;

    /** Beside what counts guesses: what shows or begins a step that a login or a setup goes on with. */
    private static final Set<String> KEEPS_STEPS = Set.of(
            "GET /mfa", "GET /mfa/lost", "GET /mfa/enrolment", "GET /account/authenticator", "POST /api/v1/mfa/setup");

    @Test
    @DisplayName(
            "Redis stopped: 503 where guesses are counted or a login's steps are kept, nowhere else; back without restart")
    void redisStopped() {
        try (TestRedis redis = TestRedis.own();
                TwoNodes nodes = TwoNodes.withRedis(redis, CHEAP_HASHES)) {
            List<UsualCall> calls = UsualCall.toEveryRoute(nodes);

            redis.stop();

            List<UsualCall> refused = refused(calls, UsualCall.sendAll(UsualCall.LANES, calls));
            assertThat(refused)
                    .filteredOn(call -> !countsGuesses(call) && !KEEPS_STEPS.contains(call.name()))
                    .extracting(UsualCall::name)
                    .isEmpty();
            Golden.compare("without-redis.txt", names(refused));

            redis.start();
            nodes.awaitRedis();
            assertThat(refused(refused, UsualCall.sendAll(UsualCall.LANES, refused)))
                    .isEmpty();
        }
    }

    @Test
    @DisplayName(
            "PostgreSQL stopped: what needs it answers 503, nothing breaks, the rest goes on; back without restart")
    void postgresStopped() {
        try (OwnPostgres postgres = OwnPostgres.started();
                TwoNodes nodes = TwoNodes.over(postgres.database(), CHEAP_HASHES)) {
            List<UsualCall> calls = UsualCall.toEveryRoute(nodes);
            List<UsualCall> reads = calls.stream()
                    .filter(call -> call.route().method() == Method.GET)
                    .toList();
            List<Integer> before = statuses(reads);

            postgres.stop();
            nodes.clock().advance(UNHEARD);

            List<UsualCall> goOn = new ArrayList<>(calls);
            goOn.removeAll(refused(calls, UsualCall.sendAll(ALL_THAT_WAIT, calls)));
            Golden.compare("without-postgresql.txt", names(goOn));

            postgres.start();
            nodes.awaitReady();
            assertThat(statuses(reads)).isEqualTo(before);
        }
    }

    /** Those answered 503; fails the test where one was answered with another error of the server. */
    private static List<UsualCall> refused(List<UsualCall> calls, List<Answer> answers) {
        List<UsualCall> refused = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            Answer answer = answers.get(i);
            String name = calls.get(i).name();
            assertThat(answer.status()).as(name + " " + answer.body()).matches(it -> it < 500 || it == 503);
            if (answer.status() == 503) {
                // A probe comes again by itself.
                if (calls.get(i).route().shape() != ErrorShape.PLAIN) {
                    assertThat(answer.header("Retry-After")).as(name).matches("[1-9][0-9]?");
                }
                refused.add(calls.get(i));
            }
        }
        return refused;
    }

    private static boolean countsGuesses(UsualCall call) {
        return call.route().limits().stream()
                .anyMatch(limit -> limit.policy().purpose() == LimitPolicy.Purpose.ATTEMPTS);
    }

    private static List<Integer> statuses(List<UsualCall> calls) {
        return UsualCall.sendAll(UsualCall.LANES, calls).stream()
                .map(Answer::status)
                .toList();
    }

    private static String names(List<UsualCall> calls) {
        return calls.stream().map(UsualCall::name).collect(Collectors.joining("\n", "", "\n"));
    }
}
