package dev.latchkey.db;

import static dev.latchkey.db.DatabaseTest.count;
import static dev.latchkey.db.DatabaseTest.insert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Eventually;
import dev.latchkey.core.Problem;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PostgresDatabaseTest {
    private final TestDatabase test = TestDatabase.on(Engine.POSTGRESQL);
    private final Database db = test.database();

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    @DisplayName("the connection is cut before COMMIT: not acknowledged, nothing there, writes go on")
    void cutBeforeCommit() {
        assertThatThrownBy(() -> db.tx(tx -> {
                    insert(tx, "a");
                    String backend = tx.handle()
                            .createQuery("SELECT pg_backend_pid()")
                            .mapTo(String.class)
                            .one();
                    terminate(backend);
                    return 1;
                }))
                .isInstanceOfSatisfying(
                        Problem.class, refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE));
        assertThat(db.writable()).isTrue();
        assertThat(count(db)).isZero();
        db.tx(tx -> insert(tx, "b"));
        assertThat(count(db)).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "a transaction that stands still is undone and its locks are free; nobody is acknowledged, writes go on")
    void standsStill() {
        assertThat(db.<String>tx(tx -> shown(tx, "SHOW idle_in_transaction_session_timeout")))
                .isEqualTo("10s");
        db.tx(tx -> insert(tx, "a"));
        assertThatThrownBy(() -> db.tx(tx -> {
                    tx.handle().execute("SET idle_in_transaction_session_timeout = '100ms'");
                    tx.handle().execute("UPDATE ephemeral SET tally = tally + 1");
                    String backend = shown(tx, "SELECT pg_backend_pid()");
                    try (Database other = Databases.open(test.config())) {
                        runApart(() -> Eventually.holds(
                                "the session's end",
                                () -> other.<Boolean>read(sql -> shown(
                                                sql, "SELECT COUNT(*) FROM pg_stat_activity WHERE pid = " + backend)
                                        .equals("0"))));
                        runApart(() -> other.tx(tx2 -> tx2.handle().execute("DELETE FROM ephemeral")));
                    }
                    return insert(tx, "b");
                }))
                .isInstanceOfSatisfying(
                        Problem.class, refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE));
        assertThat(count(db)).isZero();
        db.tx(tx -> insert(tx, "c"));
        assertThat(count(db)).isEqualTo(1);
    }

    private static String shown(Sql sql, String query) {
        return sql.handle().createQuery(query).mapTo(String.class).one();
    }

    /** On a thread of its own, as another process would: this one is inside a transaction. */
    private static void runApart(Runnable work) {
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            thread.submit(work).get();
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void terminate(String backend) {
        try (Database other = Databases.open(test.config())) {
            Thread killer = Thread.ofPlatform()
                    .start(() -> other.<Boolean>tx(tx -> tx.handle()
                            .createQuery("SELECT pg_terminate_backend(" + backend + ", 5000)")
                            .mapTo(Boolean.class)
                            .one()));
            killer.join();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    @DisplayName("of two transactions that deadlock both succeed, one by running again")
    void deadlock() throws Exception {
        db.tx(tx -> insert(tx, "a") + insert(tx, "b"));
        CountDownLatch bothHoldOne = new CountDownLatch(2);
        AtomicInteger runs = new AtomicInteger();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> one = callers.submit(() -> crossing("a", "b", bothHoldOne, runs));
            Future<Integer> other = callers.submit(() -> crossing("b", "a", bothHoldOne, runs));
            assertThat(one.get()).isEqualTo(1);
            assertThat(other.get()).isEqualTo(1);
        }
        assertThat(runs.get()).isGreaterThan(2);
        assertThat(db.<Integer>read(sql -> sql.handle()
                        .createQuery("SELECT SUM(tally) FROM ephemeral")
                        .mapTo(Integer.class)
                        .one()))
                .isEqualTo(4);
    }

    private int crossing(String first, String second, CountDownLatch bothHoldOne, AtomicInteger runs) {
        return db.tx(tx -> {
            runs.incrementAndGet();
            increment(tx, first);
            bothHoldOne.countDown();
            try {
                bothHoldOne.await();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
            return increment(tx, second);
        });
    }

    private static int increment(Tx tx, String entry) {
        return tx.handle().execute("UPDATE ephemeral SET tally = tally + 1 WHERE entry = ?", entry);
    }

    @Test
    @DisplayName(
            "principle 9: what refers to a row that was deleted meanwhile runs again once, and sees that it is gone")
    void deletedMeanwhile() {
        AtomicInteger runs = new AtomicInteger();
        assertThat(db.<Integer>tx(tx -> runs.incrementAndGet() == 1 ? roleOfNobody(tx) : 7))
                .isEqualTo(7);
        assertThatThrownBy(() -> db.tx(tx -> {
                    runs.incrementAndGet();
                    return roleOfNobody(tx);
                }))
                .hasMessageContaining("foreign key");
        assertThat(runs.get()).isEqualTo(4);
    }

    private static int roleOfNobody(Tx tx) {
        return tx.handle()
                .execute("INSERT INTO user_role (user_id, role, tenant_id) VALUES ('nobody', 'USER', 'main')");
    }

    @Test
    @DisplayName("a server that is away is a 503 and not writable")
    void away() {
        DatabaseAddress nobodyThere =
                DatabaseAddress.of("postgres://latchkey:secret@localhost:1/none", Path.of("data"));
        try (Database absent = Databases.open(new DatabaseConfig(nobodyThere, Path.of("data"), 2, 2))) {
            assertThatThrownBy(() -> absent.tx(tx -> 1)).isInstanceOf(Problem.class);
            assertThat(absent.writable()).isFalse();
        }
    }

    @Test
    @DisplayName("an exception quotes neither bound values nor the row that was in the way")
    void exceptionsKeepSecrets() {
        db.tx(tx -> insert(tx, "planted-secret"));
        assertThatThrownBy(() -> db.tx(tx -> insert(tx, "planted-secret")))
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("planted-secret"))
                .hasMessageContaining("duplicate key");
    }
}
