package dev.latchkey.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.MutableClock;
import dev.latchkey.core.Problem;
import dev.latchkey.core.TenantId;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.Database;
import dev.latchkey.db.Databases;
import dev.latchkey.db.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;

class ChangeLogTest {
    private static final String KIND = "session.ended";

    private final MutableClock clock = new MutableClock();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    private ChangeLog node(Database db) {
        ChangeLog log = new ChangeLog(db, clock);
        log.on(KIND, change -> heard.add(change.subject()));
        return log;
    }

    private Change change(String subject) {
        return new Change(TenantId.MAIN, KIND, subject, "", clock.instant().plus(Duration.ofMinutes(15)));
    }

    private void append(Database db, ChangeLog log, String subject) {
        db.tx(tx -> {
            log.append(tx, change(subject));
            return true;
        });
    }

    @BothEngines
    @DisplayName("this node's listeners have heard before the caller continues")
    void localAtOnce(TestDatabase test) {
        ChangeLog log = node(test.database());
        append(test.database(), log, "s1");
        assertThat(heard).containsExactly("s1");
    }

    @BothEngines
    @DisplayName("a transaction that rolls back changes nothing")
    void rollback(TestDatabase test) {
        ChangeLog log = node(test.database());
        assertThatThrownBy(() -> test.database().tx(tx -> {
                    log.append(tx, change("s1"));
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);
        log.poll();
        assertThat(heard).isEmpty();
    }

    @BothEngines
    @DisplayName("another node hears at its next poll, each change once, other kinds not")
    void otherNode(TestDatabase test) {
        Database db = test.database();
        ChangeLog writer = new ChangeLog(db, clock);
        try (Database otherConnections = Databases.open(test.config())) {
            ChangeLog other = node(otherConnections);
            other.poll();
            append(db, writer, "s1");
            db.tx(tx -> {
                writer.append(
                        tx,
                        new Change(
                                TenantId.MAIN,
                                "other.kind",
                                "x",
                                "",
                                clock.instant().plusSeconds(9)));
                writer.append(tx, change("s2"));
                return true;
            });
            other.poll();
            other.poll();
            assertThat(heard).containsExactly("s1", "s2");
            append(db, writer, "s3");
            other.poll();
            assertThat(heard).containsExactly("s1", "s2", "s3");
        }
    }

    @BothEngines
    @DisplayName("a node that polls while many append misses none and hears them in commit order")
    void noGaps(TestDatabase test) throws Exception {
        Database db = test.database();
        ChangeLog writer = new ChangeLog(db, clock);
        ChangeLog reader = node(db);
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> polling = threads.submit(() -> {
                while (!done.get()) {
                    reader.poll();
                }
            });
            List<Future<?>> appends = new ArrayList<>();
            IntStream.range(0, 200).forEach(i -> appends.add(threads.submit(() -> append(db, writer, "s" + i))));
            try {
                for (Future<?> append : appends) {
                    append.get();
                }
            } finally {
                done.set(true);
            }
            polling.get();
        }
        reader.poll();
        List<String> committed = db.read(sql -> sql.handle()
                .createQuery("SELECT subject FROM change ORDER BY seq")
                .mapTo(String.class)
                .list());
        assertThat(committed).hasSize(200);
        assertThat(heard).containsExactlyElementsOf(committed);
    }

    @BothEngines
    @DisplayName("a node that starts loads what has not expired, and the reaper deletes the rest")
    void startsWithUnexpired(TestDatabase test) {
        Database db = test.database();
        ChangeLog writer = new ChangeLog(db, clock);
        append(db, writer, "old");
        clock.advance(Duration.ofMinutes(10));
        append(db, writer, "young");
        clock.advance(Duration.ofMinutes(5));
        try (ChangeLog log = node(db)) {
            log.start();
            assertThat(heard).containsExactly("young");
            int deleted = db.bulk(log::deleteExpired);
            assertThat(deleted).isEqualTo(1);
            append(db, log, "next");
            log.poll();
            assertThat(heard).startsWith("young", "next");
        }
    }

    @BothEngines
    @DisplayName("a node whose last poll is old polls before it answers")
    void pollsInline(TestDatabase test) {
        Database db = test.database();
        ChangeLog writer = new ChangeLog(db, clock);
        try (ChangeLog log = node(db)) {
            log.start();
            append(db, writer, "s1");
            clock.advance(Duration.ofMinutes(5));
            log.requireFresh();
            assertThat(log.lag()).isLessThanOrEqualTo(Duration.ofSeconds(1));
            assertThat(heard).contains("s1");
            clock.advance(Duration.ofHours(-1));
            assertThatCode(log::requireFresh).doesNotThrowAnyException();
        }
    }

    @BothEngines
    @DisplayName("a node that cannot poll, or never did, refuses rather than accept what was revoked")
    void refusesWhenCutOff(TestDatabase test) {
        Database connections = Databases.open(test.config());
        try (ChangeLog log = node(connections)) {
            assertUnavailable(log);
            log.start();
            assertThatCode(log::requireFresh).doesNotThrowAnyException();
            connections.close();
            clock.advance(Duration.ofSeconds(2));
            assertUnavailable(log);
        }
    }

    @BothEngines
    @DisplayName("a listener that fails hears the change again, and the node does not count as up to date before")
    void failingListener(TestDatabase test) {
        Database db = test.database();
        ChangeLog log = new ChangeLog(db, clock);
        AtomicBoolean broken = new AtomicBoolean(true);
        log.on(KIND, change -> {
            if (broken.get()) {
                throw new IllegalStateException("cannot reload");
            }
            heard.add(change.subject());
        });
        append(db, new ChangeLog(db, clock), "s1");
        assertThatThrownBy(log::poll).isInstanceOf(IllegalStateException.class);
        assertUnavailable(log);
        broken.set(false);
        log.poll();
        assertThat(heard).containsExactly("s1");
    }

    @BothEngines
    @DisplayName(
            "N3 where the database forgot the last changes, those that got their numbers are heard, and all others again")
    void forgotten(TestDatabase test) {
        Database db = test.database();
        ChangeLog writer = new ChangeLog(db, clock);
        ChangeLog log = node(db);
        log.onForgotten(() -> heard.add("forgotten"));
        List.of("s1", "s2", "s3").forEach(subject -> append(db, writer, subject));
        log.poll();
        assertThat(heard).containsExactly("s1", "s2", "s3");

        forgetAfter(db, 1);
        append(db, writer, "s4");
        log.poll();
        assertThat(heard.subList(3, heard.size())).containsExactly("forgotten", "s1", "s4");
        log.poll();
        assertThat(heard).hasSize(6);
    }

    @BothEngines
    @DisplayName("N3 the same where other nodes appended so much meanwhile that no number is missing")
    void forgottenAndOvertaken(TestDatabase test) {
        Database db = test.database();
        ChangeLog writer = new ChangeLog(db, clock);
        ChangeLog log = node(db);
        List.of("s1", "s2").forEach(subject -> append(db, writer, subject));
        log.poll();
        heard.clear();

        forgetAfter(db, 1);
        List.of("s3", "s4", "s5").forEach(subject -> append(db, writer, subject));
        log.poll();
        assertThat(heard).containsExactly("s1", "s3", "s4", "s5");
    }

    @BothEngines
    @DisplayName("N3 what was reaped is not forgotten: nothing is heard twice")
    void reapedIsNotForgotten(TestDatabase test) {
        Database db = test.database();
        ChangeLog log = node(db);
        ChangeLog writer = new ChangeLog(db, clock);
        append(db, writer, "s1");
        log.poll();
        clock.advance(Duration.ofMinutes(10));
        append(db, writer, "s2");
        log.poll();
        clock.advance(Duration.ofMinutes(15));
        db.bulk(log::deleteExpired);
        append(db, writer, "s3");
        log.onForgotten(() -> heard.add("forgotten"));
        log.poll();
        log.poll();
        assertThat(heard).containsExactly("s1", "s2", "s3");
    }

    private static void forgetAfter(Database db, long seq) {
        db.tx(tx -> tx.handle().execute("DELETE FROM change WHERE seq > ?", seq));
        db.tx(tx -> tx.handle().execute("UPDATE change_head SET seq = ?", seq));
    }

    private static void assertUnavailable(ChangeLog log) {
        assertThatThrownBy(log::requireFresh)
                .isInstanceOfSatisfying(
                        Problem.class, refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE));
    }
}
