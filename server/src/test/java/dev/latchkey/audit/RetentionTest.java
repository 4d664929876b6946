package dev.latchkey.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;

class RetentionTest {
    private static final Duration KEEP = Duration.ofDays(30);

    @BothEngines
    @DisplayName("blocks older than the retention time go, and what is left verifies from a checkpoint kept elsewhere")
    void prunes(TestDatabase test, MutableClock clock) {
        TestTrail trail = new TestTrail(test.database(), clock, KEEP);
        trail.sealBlocks(2, 2);
        Checkpoint old = trail.checkpoint();
        clock.advance(Duration.ofDays(20));
        trail.sealBlocks(2);
        Checkpoint held = trail.checkpoint();
        clock.advance(Duration.ofDays(11));
        trail.background.maintain();
        assertThat(trail.count("audit_event")).isEqualTo(2);
        assertThat(trail.count("audit_block")).isEqualTo(2);
        VerifyReport report = trail.verify(Optional.of(held));
        assertThat(report.findings()).isEmpty();
        assertThat(report.blocks()).isEqualTo(2);
        assertThat(trail.verify(Optional.of(old)).findings()).isEmpty();
        assertThat(trail.verify(Optional.of(old)).notes()).anyMatch(note -> note.contains("was not compared"));

        trail.background.maintain();
        assertThat(trail.count("audit_block")).isEqualTo(2);
    }

    @BothEngines
    @DisplayName("who deletes more than a signed block allows is found out")
    void deletesMore(TestDatabase test, MutableClock clock) {
        TestTrail trail = new TestTrail(test.database(), clock, KEEP);
        trail.sealBlocks(2, 2);
        clock.advance(Duration.ofDays(31));
        trail.sealBlocks(2, 2);
        trail.background.maintain();
        assertThat(trail.verify().findings()).isEmpty();
        trail.tamper("DELETE FROM audit_event WHERE block = 3");
        trail.tamper("DELETE FROM audit_block WHERE number = 3");
        assertThat(trail.verify().findings()).containsExactly(new Finding.RemovedBlocks(3, 3));
        trail.tamper("UPDATE audit_block SET pruned_through = 3 WHERE number = 4");
        assertThat(trail.verify().intact()).isFalse();
    }

    @BothEngines
    @DisplayName("while there is more to delete than was looked at, the next look is at once, and then an hour later")
    void looksAgainAtOnce(TestDatabase test, MutableClock clock) {
        TestTrail trail = new TestTrail(test.database(), clock);
        trail.sealBlocks(1, 1, 1, 1, 1);
        clock.advance(Duration.ofDays(31));
        trail.sealBlocks(1);
        Retention retention = new Retention(test.database(), clock, KEEP, 2);
        for (long floor : new long[] {2, 4, 5}) {
            assertThat(retention.floorAfter(trail.block(6))).isEqualTo(floor);
            trail.tamper("UPDATE audit_block SET pruned_through = ? WHERE number = 6", floor);
        }
        clock.advance(Duration.ofDays(31));
        trail.sealBlocks(1);
        assertThat(retention.floorAfter(trail.block(6))).isEqualTo(6);
        clock.advance(Duration.ofMinutes(59));
        assertThat(retention.floorAfter(trail.block(6))).isEqualTo(5);
    }

    @BothEngines
    @DisplayName("without a retention time everything stays")
    void keepsForEver(TestDatabase test, MutableClock clock) {
        TestTrail trail = new TestTrail(test.database(), clock);
        trail.sealBlocks(2, 2);
        clock.advance(Duration.ofDays(10_000));
        trail.background.maintain();
        assertThat(trail.count("audit_event")).isEqualTo(4);
        assertThat(trail.count("audit_block")).isEqualTo(2);
    }
}
