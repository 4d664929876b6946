package dev.latchkey.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;

/** What somebody with the database's password may try, and that each is found and named. */
class TamperTest {
    @BothEngines
    @DisplayName("S1-07 an untouched trail is intact, and progress reaches its end")
    void intact(TestDatabase test, MutableClock clock) {
        TestTrail trail = new TestTrail(test.database(), clock);
        assertThat(trail.verify().intact()).isTrue();
        trail.sealBlocks(5, 1, 3);
        List<Long> progress = new ArrayList<>();
        VerifyReport report = trail.verifier().verify(Optional.of(trail.checkpoint()), (blocks, of) -> {
            progress.add(blocks);
            assertThat(of).isEqualTo(3);
        });
        assertThat(report.findings()).isEmpty();
        assertThat(report.blocks()).isEqualTo(3);
        assertThat(report.rows()).isEqualTo(9);
        assertThat(report.notes()).containsExactly("The checkpoint of block 3 is on the chain.");
        assertThat(progress.getLast()).isEqualTo(3);
    }

    @BothEngines
    @DisplayName("S1-07 a change of any column of a row is found, and the row named")
    void everyColumn(TestDatabase test, MutableClock clock) {
        TestTrail trail = new TestTrail(test.database(), clock);
        trail.sealBlocks(3, 3, 3);
        StoredEvent row = trail.rowsOf(2).get(1);
        for (String change : List.of(
                "tenant_id = 'other'",
                "organization_id = 'x'",
                "name = 'login.succeeded.v1'",
                "at = at + 1",
                "outcome = 'success'",
                "user_id = 'x'",
                "actor_kind = 'user'",
                "actor_id = 'x'",
                "request_id = 'x'",
                "sealing = 'user'")) {
            String column = change.substring(0, change.indexOf(' '));
            @Nullable Object before = value(trail, column, row.id());
            trail.tamper("UPDATE audit_event SET " + change + " WHERE id = ?", row.id());
            assertThat(trail.verify().findings())
                    .as(change)
                    .containsExactly(new Finding.AlteredRows(2, List.of(row.id())));
            trail.tamper("UPDATE audit_event SET " + column + " = ? WHERE id = ?", before, row.id());
            assertThat(trail.verify().findings()).as("undone: " + change).isEmpty();
        }
        byte[] personal = row.personal().clone();
        personal[personal.length - 1] ^= 1;
        trail.tamper("UPDATE audit_event SET personal = ? WHERE id = ?", personal, row.id());
        assertThat(trail.verify().findings()).containsExactly(new Finding.AlteredRows(2, List.of(row.id())));
    }

    @BothEngines
    @DisplayName("a changed id, a deleted row, an added row, a row moved to another block or out of its block")
    void rowsThatCameOrWent(TestDatabase test, MutableClock clock) {
        TestTrail trail = new TestTrail(test.database(), clock);
        trail.sealBlocks(3, 3, 3, 3, 3);
        String other = trail.secrets.uuid();
        trail.tamper(
                "UPDATE audit_event SET id = ? WHERE id = ?",
                other,
                trail.rowsOf(1).get(1).id());
        trail.tamper(
                "DELETE FROM audit_event WHERE id = ?", trail.rowsOf(2).get(1).id());
        String moved = trail.rowsOf(3).get(1).id();
        trail.tamper("UPDATE audit_event SET block = 4 WHERE id = ?", moved);
        trail.tamper(
                "UPDATE audit_event SET block = NULL WHERE id = ?",
                trail.rowsOf(5).get(1).id());
        VerifyReport report = trail.verify();
        assertThat(report.findings())
                .containsExactly(
                        new Finding.AlteredRows(1, List.of(other)),
                        new Finding.MissingRows(2, 3, 2),
                        new Finding.MissingRows(3, 3, 2),
                        new Finding.AddedRows(4, 3, 4, List.of(moved)),
                        new Finding.MissingRows(5, 3, 2));
        assertThat(report.unsealed()).isEqualTo(1);
    }

    @BothEngines
    @DisplayName("a row that names no real block was added by hand")
    void strayRows(TestDatabase test, MutableClock clock) {
        TestTrail trail = new TestTrail(test.database(), clock);
        trail.sealBlocks(2);
        trail.recordLogins(2);
        trail.tamper(
                "UPDATE audit_event SET block = 0 WHERE id = ?",
                trail.unsealed().getFirst().id());
        trail.tamper(
                "UPDATE audit_event SET block = 9 WHERE id = ?",
                trail.unsealed().getFirst().id());
        assertThat(trail.verify().findings()).containsExactly(new Finding.LostBlocks(1, 9), new Finding.RowsOutside(1));
    }

    @BothEngines
    @DisplayName("two rows that swap their contents are both found")
    void swapped(TestDatabase test, MutableClock clock) {
        TestTrail trail = new TestTrail(test.database(), clock);
        trail.recordLogins(1);
        trail.record(SecurityEvent.of(EventType.LOGIN_SUCCEEDED, TestTrail.request()));
        trail.background.seal();
        List<StoredEvent> rows = trail.rowsOf(1);
        String first = rows.get(0).id();
        String second = rows.get(1).id();
        trail.tamper("UPDATE audit_event SET id = 'swapping' WHERE id = ?", first);
        trail.tamper(
                "UPDATE audit_event SET id = ?, at = ? WHERE id = ?",
                first,
                rows.get(0).at(),
                second);
        trail.tamper(
                "UPDATE audit_event SET id = ?, at = ? WHERE id = 'swapping'",
                second,
                rows.get(1).at());
        assertThat(trail.verify().findings()).containsExactly(new Finding.AlteredRows(1, List.of(first, second)));
    }

    @BothEngines
    @DisplayName("a removed block, first, middle or last, is found, with or without its rows")
    void removedBlock(TestDatabase test, MutableClock clock) {
        TestTrail trail = new TestTrail(test.database(), clock);
        trail.sealBlocks(2, 2, 2, 2, 2);
        Checkpoint held = trail.checkpoint();
        trail.tamper("DELETE FROM audit_block WHERE number = 1");
        trail.tamper("DELETE FROM audit_block WHERE number = 3");
        trail.tamper("DELETE FROM audit_event WHERE block = 3");
        assertThat(trail.verify().findings())
                .containsExactly(new Finding.RemovedBlocks(1, 1), new Finding.RemovedBlocks(3, 3));
        trail.tamper("DELETE FROM audit_block WHERE number = 5");
        assertThat(trail.verify(Optional.of(held)).findings())
                .containsExactly(
                        new Finding.RemovedBlocks(1, 1),
                        new Finding.RemovedBlocks(3, 3),
                        new Finding.TruncatedTail(4, 5),
                        new Finding.LostBlocks(4, 5));
    }

    @BothEngines
    @DisplayName("a tail cut off without a trace is found by the checkpoint kept elsewhere, and only by it")
    void truncated(TestDatabase test, MutableClock clock) {
        TestTrail trail = new TestTrail(test.database(), clock);
        trail.sealBlocks(2, 2, 2);
        Checkpoint held = trail.checkpoint();
        trail.tamper("DELETE FROM audit_block WHERE number > 1");
        trail.tamper("DELETE FROM audit_event WHERE block > 1");
        assertThat(trail.verify().findings()).isEmpty();
        assertThat(trail.verify(Optional.of(held)).findings()).containsExactly(new Finding.TruncatedTail(1, 3));
        trail.sealBlocks(2, 2, 2);
        assertThat(trail.verify(Optional.of(held)).findings()).containsExactly(new Finding.NotOnChain(3));
        trail.tamper("DELETE FROM audit_event");
        trail.tamper("DELETE FROM audit_block");
        assertThat(trail.verify(Optional.of(held)).findings()).containsExactly(new Finding.TruncatedTail(0, 3));
    }

    @BothEngines
    @DisplayName("a change of any column of a block is found")
    void everyBlockColumn(TestDatabase test, MutableClock clock) {
        TestTrail trail = new TestTrail(test.database(), clock);
        trail.sealBlocks(2, 2, 2);
        Block block = trail.block(2);
        for (String change : List.of(
                "count = 3",
                "digest = previous",
                "previous = digest",
                "at = at + 1",
                "pruned_through = 1",
                "key = 'other'",
                "signature = digest",
                "fingerprints = digest")) {
            trail.tamper("UPDATE audit_block SET " + change + " WHERE number = 2");
            Finding expected = change.startsWith("key")
                    ? new Finding.UnknownKey(2, "other")
                    : new Finding.ForgedSignature(2, block.key());
            assertThat(trail.verify().findings()).as(change).contains(expected);
            trail.tamper(
                    """
                    UPDATE audit_block SET count = ?, digest = ?, previous = ?, at = ?, pruned_through = ?, key = ?,
                        signature = ?, fingerprints = ? WHERE number = 2
                    """,
                    block.count(),
                    block.digest(),
                    block.previous(),
                    block.at(),
                    block.prunedThrough(),
                    block.key(),
                    block.signature(),
                    block.fingerprints());
            assertThat(trail.verify().findings()).as("undone: " + change).isEmpty();
        }
    }

    @BothEngines
    @DisplayName("a chain rewritten and signed with another key is found, whatever id that key is given")
    void resigned(TestDatabase test, MutableClock clock) {
        TestTrail trail = new TestTrail(test.database(), clock);
        trail.sealBlocks(2, 2);
        Checkpoint held = trail.checkpoint();
        for (String id : List.of("intruder", "checkpoint-1")) {
            trail.tamper("UPDATE audit_event SET block = NULL, outcome = 'success'");
            trail.tamper("DELETE FROM audit_block");
            TestKey intruder = new TestKey(id);
            new AuditSealer(trail.database, clock, intruder, AuditConfig.defaults()).seal();
            Finding expected =
                    id.equals("intruder") ? new Finding.UnknownKey(1, id) : new Finding.ForgedSignature(1, id);
            assertThat(trail.verify().findings()).containsExactly(expected);
            assertThat(trail.verify(Optional.of(held)).findings()).contains(expected, new Finding.TruncatedTail(1, 2));
        }
    }

    @BothEngines
    @DisplayName("a chain rewritten with the server's own key is found by the checkpoint kept elsewhere")
    void resignedWithOwnKey(TestDatabase test, MutableClock clock) {
        TestTrail trail = new TestTrail(test.database(), clock);
        trail.sealBlocks(2);
        Checkpoint held = trail.checkpoint();
        trail.tamper("UPDATE audit_event SET block = NULL, outcome = 'success'");
        trail.tamper("DELETE FROM audit_block");
        trail.background.seal();
        assertThat(trail.verify().findings()).isEmpty();
        assertThat(trail.verify(Optional.of(held)).findings()).containsExactly(new Finding.NotOnChain(1));
    }

    @BothEngines
    @DisplayName("a checkpoint that nobody signed is told from one that the chain lost")
    void forgedCheckpoint(TestDatabase test, MutableClock clock) {
        TestTrail trail = new TestTrail(test.database(), clock);
        trail.sealBlocks(2);
        Checkpoint held = trail.checkpoint();
        Checkpoint forged =
                new Checkpoint(7, held.hash(), held.at(), held.key(), held.publicJwk(), held.hash() + held.hash());
        assertThat(trail.verify(Optional.of(forged)).findings())
                .containsExactly(new Finding.ForgedCheckpoint(7, held.key()));
    }

    @BothEngines
    @DisplayName("rows that no block took within a minute are reported")
    void overdue(TestDatabase test, MutableClock clock) {
        TestTrail trail = new TestTrail(test.database(), clock);
        trail.recordLogins(2);
        assertThat(trail.verify().unsealed()).isEqualTo(2);
        assertThat(trail.verify().overdue()).isZero();
        clock.advance(Duration.ofSeconds(61));
        assertThat(trail.verify().overdue()).isEqualTo(2);
        assertThat(trail.verify().intact()).isTrue();
    }

    private static @Nullable Object value(TestTrail trail, String column, String id) {
        return trail.database
                .read(sql -> sql.handle()
                        .createQuery("SELECT " + column + " AS value FROM audit_event WHERE id = :id")
                        .bind("id", id)
                        .mapToMap()
                        .one())
                .get("value");
    }
}
