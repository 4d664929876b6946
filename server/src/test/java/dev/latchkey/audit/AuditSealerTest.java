package dev.latchkey.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.Eventually;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;

class AuditSealerTest {
    @BothEngines
    @DisplayName("every committed row is covered by one block, and blocks are at most a batch long")
    void covers(TestDatabase test, MutableClock clock) {
        TestTrail trail = new TestTrail(test.database(), clock);
        trail.recordLogins(AuditSealer.BATCH + 17);
        assertThat(trail.background.seal()).isEqualTo(AuditSealer.BATCH + 17);
        assertThat(trail.rowsOf(1)).hasSize(AuditSealer.BATCH);
        assertThat(trail.rowsOf(2)).hasSize(17);
        assertThat(trail.verify().findings()).isEmpty();
    }

    @BothEngines
    @DisplayName("with nothing to seal nothing is written")
    void idle(TestDatabase test, MutableClock clock) {
        TestTrail trail = new TestTrail(test.database(), clock);
        assertThat(trail.background.seal()).isZero();
        trail.sealBlocks(3);
        assertThat(trail.background.seal()).isZero();
        trail.background.close();
        assertThat(trail.count("audit_block")).isEqualTo(1);
    }

    @BothEngines
    @DisplayName("a row with a lower id that committed after the block was made goes into the next one")
    void lateCommit(TestDatabase test, MutableClock clock) {
        TestTrail trail = new TestTrail(test.database(), clock);
        trail.recordLogins(1);
        String first = trail.unsealed().getFirst().id();
        trail.tamper("UPDATE audit_event SET block = -1");
        trail.sealBlocks(2);
        trail.tamper("UPDATE audit_event SET block = NULL WHERE block = -1");
        trail.background.seal();
        assertThat(trail.rowsOf(2)).extracting(StoredEvent::id).containsExactly(first);
        assertThat(trail.verify().findings()).isEmpty();
    }

    @BothEngines
    @DisplayName("in the background a row is covered, and one left by an earlier run too")
    void background(TestDatabase test) {
        TestTrail trail = new TestTrail(test.database(), Clock.systemUTC());
        trail.recordLogins(1);
        trail.background.start();
        Eventually.holds("the row is covered", () -> trail.unsealed().isEmpty());
        trail.recordLogins(1);
        Eventually.holds("the row is covered", () -> trail.unsealed().isEmpty());
        trail.recordLogins(1);
        trail.background.close();
        assertThat(trail.verify().rows()).isEqualTo(3);
        assertThat(trail.verify().unsealed()).isZero();
    }

    @BothEngines
    @DisplayName("50 writers and two sealers at once: nothing is lost, nothing sealed twice")
    void concurrent(TestDatabase test) throws Exception {
        TestTrail trail = new TestTrail(test.database(), Clock.systemUTC());
        AuditSealer other = new AuditSealer(trail.database, Clock.systemUTC(), trail.key, AuditConfig.defaults());
        AtomicBoolean writing = new AtomicBoolean(true);
        List<Future<Integer>> sealed = new ArrayList<>();
        // Platform threads: two that never wait would keep virtual ones from ever beginning on two processors.
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            for (AuditSealer sealer : List.of(trail.background, other)) {
                sealed.add(threads.submit(() -> sealWhile(writing, sealer)));
            }
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                writers.add(threads.submit(() -> {
                    for (int j = 0; j < 20; j++) {
                        trail.recordLogins(1);
                    }
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            writing.set(false);
        }
        int rest = trail.background.seal();
        VerifyReport report = trail.verify();
        assertThat(report.findings()).isEmpty();
        assertThat(report.rows()).isEqualTo(1000);
        assertThat(report.unsealed()).isZero();
        assertThat(sealed.get(0).get() + sealed.get(1).get() + rest).isEqualTo(1000);
    }

    private static int sealWhile(AtomicBoolean writing, AuditSealer sealer) {
        int sealed = 0;
        while (writing.get()) {
            sealed += sealer.seal();
        }
        return sealed;
    }
}
