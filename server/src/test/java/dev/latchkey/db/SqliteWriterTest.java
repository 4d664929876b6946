package dev.latchkey.db;

import static dev.latchkey.db.DatabaseTest.count;
import static dev.latchkey.db.DatabaseTest.insert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Eventually;
import dev.latchkey.core.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SqliteWriterTest {
    private final FaultyCommands faults = new FaultyCommands();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private volatile CountDownLatch gate = new CountDownLatch(1);

    @TempDir
    Path folder;

    private SqliteDatabase db;

    @BeforeEach
    void open() {
        DatabaseConfig config = DatabaseConfig.sqliteIn(folder);
        Migrations.of(config).migrate();
        db = SqliteDatabase.open(folder.resolve("latchkey.db"), 2, faults);
    }

    @AfterEach
    void close() {
        gate.countDown();
        callers.close();
        db.close();
    }

    /** Occupies the writer until the gate opens, so that what is submitted meanwhile becomes one group. */
    private Future<Integer> holdWriter() throws InterruptedException {
        CountDownLatch holding = new CountDownLatch(1);
        Future<Integer> holder = callers.submit(() -> db.tx(tx -> {
            holding.countDown();
            awaitGate();
            return 0;
        }));
        holding.await();
        return holder;
    }

    private void awaitGate() {
        try {
            gate.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private Future<Integer> submit(String entry) {
        return callers.submit(() -> db.tx(tx -> insert(tx, entry)));
    }

    private List<Future<Integer>> group(int size) {
        List<Future<Integer>> group = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            group.add(submit("row " + i));
        }
        Eventually.holds(() -> db.waiting() == size);
        return group;
    }

    private static void assertUnavailable(Future<Integer> answer) {
        assertThatThrownBy(answer::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        Problem.class, refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE));
    }

    @Test
    @DisplayName("what is queued is committed together")
    void groupCommit() throws Exception {
        Future<Integer> holder = holdWriter();
        List<Future<Integer>> group = group(63);
        long before = faults.count(SqliteCommand.COMMIT);
        gate.countDown();
        holder.get();
        for (Future<Integer> one : group) {
            assertThat(one.get()).isEqualTo(1);
        }
        assertThat(faults.count(SqliteCommand.COMMIT) - before).isLessThan(40);
        assertThat(count(db)).isEqualTo(63);
    }

    @Test
    @DisplayName("one closure of a group rolls back, the others are committed")
    void oneRollsBack() throws Exception {
        Future<Integer> holder = holdWriter();
        Future<Integer> first = submit("a");
        Future<Integer> refused = callers.submit(() -> db.tx(tx -> {
            insert(tx, "b");
            insert(tx, "c");
            throw new IllegalStateException("mine alone");
        }));
        Future<Integer> last = submit("d");
        Eventually.holds(() -> db.waiting() == 3);
        gate.countDown();
        holder.get();
        assertThat(first.get()).isEqualTo(1);
        assertThat(last.get()).isEqualTo(1);
        assertThatThrownBy(refused::get).cause().hasMessage("mine alone");
        assertThat(entries()).containsExactly("a", "d");
    }

    @Test
    @DisplayName("the first closure of a group rolls back, the others are committed")
    void firstRollsBack() throws Exception {
        Future<Integer> holder = holdWriter();
        Future<Integer> refused = callers.submit(() -> db.tx(tx -> {
            insert(tx, "a");
            throw new IllegalStateException("mine alone");
        }));
        Eventually.holds(() -> db.waiting() == 1);
        Future<Integer> next = submit("b");
        Eventually.holds(() -> db.waiting() == 2);
        gate.countDown();
        holder.get();
        assertThatThrownBy(refused::get).cause().hasMessage("mine alone");
        assertThat(next.get()).isEqualTo(1);
        assertThat(entries()).containsExactly("b");
    }

    @Test
    @DisplayName("ROLLBACK fails: nothing of the closure stays, and writes resume once reopened")
    void rollbackFails() throws Exception {
        faults.failInstead(SqliteCommand.ROLLBACK);
        assertUnavailable(callers.submit(() -> db.tx(tx -> {
            insert(tx, "a");
            throw new IllegalStateException("rolls back");
        })));
        Eventually.holds(db::writable);
        assertThat(submit("b").get()).isEqualTo(1);
        assertThat(entries()).containsExactly("b");
    }

    @Test
    @DisplayName("COMMIT fails: nobody is acknowledged, nothing is there, writes resume once reopened")
    void commitFails() throws Exception {
        Future<Integer> holder = holdWriter();
        Future<Integer> waiting = submit("a");
        Eventually.holds(() -> db.waiting() == 1);
        faults.failInstead(SqliteCommand.COMMIT);
        gate.countDown();
        assertUnavailable(holder);
        assertUnavailable(waiting);
        Eventually.holds(db::writable);
        assertThat(count(db)).isZero();
        assertThat(submit("b").get()).isEqualTo(1);
        assertThat(entries()).containsExactly("b");
    }

    @Test
    @DisplayName("COMMIT succeeds and then fails: nobody is acknowledged either, and reads stay consistent")
    void commitOutcomeUnknown() {
        faults.failAfterwards(SqliteCommand.COMMIT);
        assertUnavailable(submit("a"));
        Eventually.holds(db::writable);
        assertThat(entries()).containsExactly("a");
        assertThatThrownBy(() -> db.tx(tx -> insert(tx, "a")))
                .satisfies(failure ->
                        assertThat(SqlStates.isUniqueViolation(failure)).isTrue());
    }

    @Test
    @DisplayName("hooks of a transaction whose outcome is unknown do not run")
    void noHooks() {
        List<String> ran = new CopyOnWriteArrayList<>();
        faults.failInstead(SqliteCommand.COMMIT);
        assertUnavailable(callers.submit(() -> db.tx(tx -> {
            tx.afterCommit(() -> ran.add("hook"));
            return insert(tx, "a");
        })));
        assertThat(ran).isEmpty();
    }

    @Test
    @DisplayName("until it is reopened the database is not writable, refuses writes at once and still reads")
    void refusesWhileAway() throws Exception {
        submit("kept").get();
        faults.failInstead(SqliteCommand.COMMIT);
        faults.away(true);
        assertUnavailable(submit("a"));
        assertThat(db.writable()).isFalse();
        assertUnavailable(submit("b"));
        assertThat(entries()).containsExactly("kept");
        faults.away(false);
        Eventually.holds(db::writable);
        assertThat(submit("c").get()).isEqualTo(1);
    }

    @Test
    @DisplayName("ROLLBACK TO fails: the whole group fails, because its closures cannot be kept apart")
    void rollbackToFails() throws Exception {
        faults.failInstead(SqliteCommand.ROLLBACK_TO);
        int acknowledged = 0;
        boolean alone = true;
        for (int attempt = 0; alone; attempt++) {
            gate = new CountDownLatch(1);
            Future<Integer> holder = holdWriter();
            Future<Integer> before = submit("a" + attempt);
            Eventually.holds(() -> db.waiting() == 1);
            Future<Integer> refused = callers.submit(() -> db.tx(tx -> {
                insert(tx, "b");
                throw new IllegalStateException("rolls back");
            }));
            Eventually.holds(() -> db.waiting() == 2);
            gate.countDown();
            // Where the one before took longer than a group may, this one began a group of its own, without a
            // savepoint.
            alone = failure(refused) instanceof IllegalStateException;
            if (!alone) {
                assertUnavailable(refused);
            }
            // The two before were either committed in an earlier group and acknowledged, or failed with this one.
            acknowledged += acknowledged(before);
            acknowledged(holder);
        }
        Eventually.holds(db::writable);
        assertThat(count(db)).isEqualTo(acknowledged);
        assertThat(entries()).doesNotContain("b");
    }

    private static Throwable failure(Future<Integer> answer) throws InterruptedException {
        try {
            throw new AssertionError("answered " + answer.get());
        } catch (ExecutionException failed) {
            return Objects.requireNonNull(failed.getCause());
        }
    }

    private static int acknowledged(Future<Integer> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException failed) {
            assertThat(failed.getCause()).isInstanceOf(Problem.class);
            return 0;
        }
    }

    @Test
    @DisplayName("a full queue refuses the next one with 503 and loses none of those it took")
    void queueFull() throws Exception {
        Future<Integer> holder = holdWriter();
        List<Future<Integer>> group = group(WriteQueue.CAPACITY);
        assertUnavailable(submit("one too many"));
        gate.countDown();
        holder.get();
        for (Future<Integer> one : group) {
            assertThat(one.get()).isEqualTo(1);
        }
        assertThat(count(db)).isEqualTo(WriteQueue.CAPACITY);
    }

    @Test
    @DisplayName("bulk work waits behind every request that is queued")
    void bulkLast() throws Exception {
        Future<Integer> holder = holdWriter();
        List<String> order = new CopyOnWriteArrayList<>();
        Future<Boolean> bulk = callers.submit(() -> db.bulk(tx -> order.add("bulk")));
        Eventually.holds(() -> db.waiting() == 1);
        Future<Boolean> request = callers.submit(() -> db.tx(tx -> order.add("request")));
        Eventually.holds(() -> db.waiting() == 2);
        gate.countDown();
        holder.get();
        bulk.get();
        request.get();
        assertThat(order).containsExactly("request", "bulk");
    }

    @Test
    @DisplayName("closing finishes what is queued, then refuses")
    void closes() throws Exception {
        Future<Integer> holder = holdWriter();
        List<Future<Integer>> group = group(10);
        Future<?> closing = callers.submit(db::close);
        gate.countDown();
        closing.get();
        holder.get();
        for (Future<Integer> one : group) {
            assertThat(one.get()).isEqualTo(1);
        }
        assertUnavailable(submit("late"));
    }

    @Test
    @DisplayName("an idle server holds no lock: a command beside it writes, and dataVersion tells")
    void commandBeside() {
        long before = db.dataVersion().getAsLong();
        assertThat(db.dataVersion().getAsLong()).isEqualTo(before);
        db.tx(tx -> insert(tx, "server"));
        long afterServer = db.dataVersion().getAsLong();
        assertThat(afterServer).isNotEqualTo(before);
        try (SqliteDatabase command = SqliteDatabase.open(folder.resolve("latchkey.db"), 1)) {
            command.tx(tx -> insert(tx, "command"));
        }
        assertThat(db.dataVersion().getAsLong()).isNotEqualTo(afterServer);
        assertThat(entries()).containsExactly("command", "server");
    }

    private List<String> entries() {
        return db.read(sql -> sql.handle()
                .createQuery("SELECT entry FROM ephemeral ORDER BY entry")
                .mapTo(String.class)
                .list());
    }
}
