package dev.latchkey.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Eventually;
import dev.latchkey.core.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SharedTransactionsTest {
    /** Two transactions that wait inside, so that whoever comes meanwhile goes together. */
    private static final class Gate {
        final CountDownLatch open = new CountDownLatch(1);
        final AtomicInteger inside = new AtomicInteger();

        void pass() {
            inside.incrementAndGet();
            try {
                assertThat(open.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }
    }

    private final List<List<Integer>> batches = Collections.synchronizedList(new ArrayList<>());
    private final Gate gate = new Gate();
    private final TestDatabase test = TestDatabase.on(Engine.POSTGRESQL);
    private final Database database = test.database();

    @BeforeEach
    void table() {
        database.tx(tx -> tx.handle().execute("CREATE TABLE noted (number INTEGER NOT NULL)"));
    }

    @AfterEach
    void close() {
        test.close();
    }

    private List<Integer> write(Tx tx, List<Integer> questions) {
        batches.add(questions);
        if (questions.stream().anyMatch(question -> question < 0)) {
            gate.pass();
        }
        if (questions.contains(13)) {
            throw new IllegalArgumentException("thirteen");
        }
        for (int question : questions) {
            tx.handle().execute("INSERT INTO noted (number) VALUES (?)", question);
        }
        return questions.stream().map(question -> question * 2).toList();
    }

    private List<Integer> noted() {
        return database.read(sql -> sql.handle()
                .createQuery("SELECT number FROM noted WHERE number >= 0 ORDER BY number")
                .mapTo(Integer.class)
                .list());
    }

    /** Holds both transactions that may be under way, lets the others queue up, then lets all go on. */
    private List<Future<Integer>> behindTwo(
            SharedTransactions<Integer, Integer> shared, ExecutorService threads, List<Integer> others) {
        threads.execute(() -> shared.run(-1));
        Eventually.holds("the first is inside", () -> gate.inside.get() == 1);
        threads.execute(() -> shared.run(-2));
        Eventually.holds("the second is inside", () -> gate.inside.get() == 2);
        List<Future<Integer>> waiting = others.stream()
                .map(other -> threads.submit(() -> shared.run(other)))
                .toList();
        Eventually.holds("the others wait", () -> shared.waiting() == others.size());
        gate.open.countDown();
        return waiting;
    }

    @Test
    @DisplayName("callers at the same time share a transaction and each gets its own durable answer")
    void together() throws Exception {
        SharedTransactions<Integer, Integer> shared = new SharedTransactions<>(database, String::valueOf, this::write);
        List<Integer> many = new ArrayList<>();
        for (int i = 100; i < 200; i++) {
            many.add(i);
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = behindTwo(shared, threads, many);

            for (int i = 0; i < many.size(); i++) {
                assertThat(answers.get(i).get(60, TimeUnit.SECONDS)).isEqualTo(many.get(i) * 2);
            }
        }
        assertThat(noted()).isEqualTo(many);
        assertThat(batches)
                .hasSizeLessThan(8)
                .allSatisfy(batch -> assertThat(batch).hasSizeLessThanOrEqualTo(SharedTransactions.MOST));
    }

    @Test
    @DisplayName("on SQLite whoever comes while two wait for the one writer goes together too")
    void sqlite() throws Exception {
        try (TestDatabase embedded = TestDatabase.on(Engine.SQLITE);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            embedded.database().tx(tx -> tx.handle().execute("CREATE TABLE noted (number INTEGER NOT NULL)"));
            SharedTransactions<Integer, Integer> shared =
                    new SharedTransactions<>(embedded.database(), String::valueOf, this::write);
            threads.execute(() -> shared.run(-1));
            Eventually.holds("the first is inside", () -> gate.inside.get() == 1);
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                int question = i + 100;
                answers.add(threads.submit(() -> shared.run(question)));
            }
            Eventually.holds("all but the second wait", () -> shared.waiting() == 49);
            gate.open.countDown();
            for (int i = 0; i < 50; i++) {
                assertThat(answers.get(i).get(60, TimeUnit.SECONDS)).isEqualTo((i + 100) * 2);
            }
        }
        // Both that were under way name a successor, and whichever of these is quicker takes all that wait.
        assertThat(batches).extracting(List::size).startsWith(1, 1).hasSizeLessThanOrEqualTo(4);
        assertThat(batches.stream().mapToInt(List::size).sum()).isEqualTo(51);
    }

    @Test
    @DisplayName("a question that cannot be answered fails alone")
    void onlyTheBrokenOne() throws Exception {
        SharedTransactions<Integer, Integer> shared = new SharedTransactions<>(database, String::valueOf, this::write);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = behindTwo(shared, threads, List.of(12, 13, 14));

            assertThat(answers.get(0).get(60, TimeUnit.SECONDS)).isEqualTo(24);
            assertThatThrownBy(() -> answers.get(1).get(60, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseMessage("thirteen");
            assertThat(answers.get(2).get(60, TimeUnit.SECONDS)).isEqualTo(28);
        }
        assertThat(noted()).containsExactly(12, 14);
    }

    @Test
    @DisplayName("two questions about the same are never in one transaction")
    void sameSubject() throws Exception {
        SharedTransactions<Integer, Integer> shared =
                new SharedTransactions<>(database, question -> question < 0 ? "" : "same", this::write);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> answer : behindTwo(shared, threads, List.of(1, 2, 3, 4, 5))) {
                answer.get(60, TimeUnit.SECONDS);
            }
        }
        assertThat(noted()).containsExactly(1, 2, 3, 4, 5);
        assertThat(batches)
                .allSatisfy(batch -> assertThat(batch.stream().filter(question -> question > 0))
                        .hasSizeLessThanOrEqualTo(1));
    }

    @Test
    @DisplayName("what cannot be written is refused to everybody who waits, and asked again of nobody")
    void unavailable() throws Exception {
        SharedTransactions<Integer, Integer> shared =
                new SharedTransactions<>(database, String::valueOf, (tx, questions) -> {
                    batches.add(questions);
                    gate.pass();
                    throw Problem.of(ErrorCode.SERVICE_UNAVAILABLE);
                });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> answer : behindTwo(shared, threads, List.of(1, 2, 3))) {
                assertThatThrownBy(() -> answer.get(60, TimeUnit.SECONDS)).hasCauseInstanceOf(Problem.class);
            }
        }
        assertThat(new HashSet<>(batches)).hasSameSizeAs(batches);
        assertThat(shared.waiting()).isZero();
    }
}
