package dev.latchkey.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;

/** What every use case may rely on, whichever engine it runs on. */
class DatabaseTest {
    @BothEngines
    @DisplayName("what a transaction wrote is there for the next read")
    void commits(TestDatabase test) {
        Database db = test.database();
        db.tx(tx -> insert(tx, "one"));
        assertThat(count(db)).isEqualTo(1);
    }

    @BothEngines
    @DisplayName("an exception rolls back and is rethrown as it is")
    void rollsBack(TestDatabase test) {
        Database db = test.database();
        IllegalArgumentException thrown = new IllegalArgumentException("no");
        assertThatThrownBy(() -> db.tx(tx -> {
                    insert(tx, "one");
                    throw thrown;
                }))
                .isSameAs(thrown);
        assertThat(count(db)).isZero();
    }

    @BothEngines
    @DisplayName("a failed statement rolls its own transaction back and leaves the next ones alone")
    void failedStatement(TestDatabase test) {
        Database db = test.database();
        db.tx(tx -> insert(tx, "taken"));
        assertThatThrownBy(() -> db.tx(tx -> {
                    insert(tx, "other");
                    return insert(tx, "taken");
                }))
                .satisfies(failure ->
                        assertThat(SqlStates.isUniqueViolation(failure)).isTrue());
        db.tx(tx -> insert(tx, "third"));
        assertThat(count(db)).isEqualTo(2);
    }

    @BothEngines
    @DisplayName("a transaction inside a transaction, a read or a hook is refused at once")
    void refusesNesting(TestDatabase test) {
        Database db = test.database();
        assertThatThrownBy(() -> db.tx(outer -> db.tx(tx -> 1))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> db.tx(outer -> db.bulk(tx -> 1))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> db.tx(outer -> db.read(sql -> 1))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> db.read(outer -> db.read(sql -> 1))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> db.read(outer -> db.tx(tx -> 1))).isInstanceOf(IllegalStateException.class);
        List<Throwable> inHook = new ArrayList<>();
        db.tx(tx -> {
            tx.afterCommit(() -> {
                try {
                    db.tx(nested -> 1);
                } catch (IllegalStateException refused) {
                    inHook.add(refused);
                }
            });
            return 1;
        });
        assertThat(inHook).hasSize(1);
        assertThat(db.<Integer>tx(tx -> 7)).isEqualTo(7);
    }

    @BothEngines
    @DisplayName("hooks run after COMMIT and before the caller goes on, and see what was committed")
    void hooks(TestDatabase test) {
        Database db = test.database();
        List<Integer> seen = new ArrayList<>();
        db.tx(tx -> {
            tx.afterCommit(() -> seen.add(count(db)));
            tx.afterCommit(() -> {
                throw new IllegalStateException("a hook's failure is its own");
            });
            return insert(tx, "one");
        });
        assertThat(seen).containsExactly(1);
        assertThatThrownBy(() -> db.tx(tx -> {
                    tx.afterCommit(() -> seen.add(99));
                    throw new IllegalStateException("rolled back");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(seen).containsExactly(1);
    }

    @BothEngines
    @DisplayName("a read cannot write")
    void readsOnly(TestDatabase test) {
        Database db = test.database();
        assertThatThrownBy(() -> db.read(sql -> insert(sql, "one"))).isInstanceOf(RuntimeException.class);
        assertThat(count(db)).isZero();
    }

    @BothEngines
    @DisplayName("a cursor left open by RETURNING does not keep the transaction from committing")
    void openCursor(TestDatabase test) {
        Database db = test.database();
        db.tx(tx -> {
            var left = tx.handle()
                    .createQuery("INSERT INTO ephemeral (kind, entry, value, tally, expires_at)"
                            + " VALUES ('k', 'a', '', 0, 0), ('k', 'b', '', 0, 0) RETURNING entry")
                    .mapTo(String.class)
                    .iterator();
            return left.next();
        });
        assertThat(count(db)).isEqualTo(2);
        db.tx(tx -> insert(tx, "after"));
        assertThat(count(db)).isEqualTo(3);
    }

    @BothEngines
    @DisplayName("times are epoch milliseconds, ids are text, bytes and absent values come back as they went")
    void portableTypes(TestDatabase test) {
        Database db = test.database();
        Instant at = Instant.ofEpochMilli(1_900_000_000_123L);
        UserId id = new UserId("0190a0b0-0000-7000-8000-000000000001");
        db.tx(tx -> tx.handle()
                .createUpdate(
                        "INSERT INTO ephemeral (kind, entry, value, tally, expires_at) VALUES ('k', :id, '', 0, :at)")
                .bind("id", id)
                .bind("at", at)
                .execute());
        assertThat(db.<Instant>read(sql -> sql.handle()
                        .createQuery("SELECT expires_at FROM ephemeral WHERE entry = :id")
                        .bind("id", id)
                        .mapTo(Instant.class)
                        .one()))
                .isEqualTo(at);
        assertThat(db.<UserId>read(sql -> sql.handle()
                        .createQuery("SELECT entry FROM ephemeral WHERE expires_at = :at")
                        .bind("at", Optional.of(at))
                        .mapTo(UserId.class)
                        .one()))
                .isEqualTo(id);
    }

    @BothEngines
    @DisplayName("text compares by code point")
    void comparesByCodePoint(TestDatabase test) {
        Database db = test.database();
        for (String entry : List.of("b", "B", "a", "é", "_", "Z")) {
            db.tx(tx -> insert(tx, entry));
        }
        List<String> sorted = db.read(sql -> sql.handle()
                .createQuery("SELECT entry FROM ephemeral ORDER BY entry")
                .mapTo(String.class)
                .list());
        assertThat(sorted).containsExactly("B", "Z", "_", "a", "b", "é");
    }

    @BothEngines
    @DisplayName("parallel increments of one row lose none")
    void parallelWrites(TestDatabase test) throws Exception {
        Database db = test.database();
        db.tx(tx -> insert(tx, "counter"));
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                boolean bulk = i % 4 == 0;
                all.add(callers.submit(() -> bulk ? db.bulk(DatabaseTest::increment) : db.tx(DatabaseTest::increment)));
            }
            for (Future<Integer> one : all) {
                assertThat(one.get()).isEqualTo(1);
            }
        }
        assertThat(db.<Integer>read(sql -> sql.handle()
                        .createQuery("SELECT tally FROM ephemeral")
                        .mapTo(Integer.class)
                        .one()))
                .isEqualTo(200);
    }

    static int increment(Tx tx) {
        return tx.handle().execute("UPDATE ephemeral SET tally = tally + 1 WHERE entry = 'counter'");
    }

    static int insert(Sql sql, String entry) {
        return sql.handle()
                .createUpdate(
                        "INSERT INTO ephemeral (kind, entry, value, tally, expires_at) VALUES ('k', :entry, '', 0, 0)")
                .bind("entry", entry)
                .execute();
    }

    static int count(Database db) {
        return db.read(sql -> sql.handle()
                .createQuery("SELECT COUNT(*) FROM ephemeral")
                .mapTo(Integer.class)
                .one());
    }
}
