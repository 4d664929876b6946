package dev.latchkey.lockout;

import dev.latchkey.core.TenantId;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.util.List;
import java.util.OptionalLong;

/** The SQL of {@code failure_counter}. Each command is one atomic statement, the same for known and unknown subjects. */
final class FailureStore {
    /**
     * One counter: whose it is, and from which known device ({@code ""} for all others).
     *
     * @param subjects what it is counted under, and after that what it may still be counted under since before the master key
     *     was changed
     */
    record Key(TenantId tenant, FailureKind kind, List<String> subjects, String device) {
        String subject() {
            return subjects.getFirst();
        }

        List<String> formerSubjects() {
            return subjects.subList(1, subjects.size());
        }
    }

    private record Former(long failures, long windowUntil, long lockedUntil) {}

    /** A counter after a failure was added to it. */
    record Count(int failures, long lockedUntil) {}

    /** When the lock ends that the counter is or was under, 0 where there was none; empty where nothing was counted. */
    OptionalLong lockedUntil(Sql sql, Key key) {
        return sql.handle()
                .createQuery("""
                        SELECT locked_until FROM failure_counter
                        WHERE tenant_id = :tenant AND kind = :kind AND subject IN (<subjects>) AND device = :device
                        ORDER BY locked_until DESC LIMIT 1""")
                .bindList("subjects", key.subjects())
                .bind("tenant", key.tenant().value())
                .bind("kind", key.kind().label())
                .bind("device", key.device())
                .map((row, context) -> OptionalLong.of(row.getLong("locked_until")))
                .findOne()
                .orElseGet(OptionalLong::empty);
    }

    /** What was counted under a former subject counts under the present one, as far as one below {@code threshold}. */
    void adoptFormer(Tx tx, Key key, int threshold) {
        if (key.formerSubjects().isEmpty()) {
            return;
        }
        tx.handle()
                .createQuery("""
                        DELETE FROM failure_counter
                        WHERE tenant_id = :tenant AND kind = :kind AND subject IN (<subjects>) AND device = :device
                        RETURNING failures, window_until, locked_until""")
                .bindList("subjects", key.formerSubjects())
                .bind("tenant", key.tenant().value())
                .bind("kind", key.kind().label())
                .bind("device", key.device())
                .map((row, context) ->
                        new Former(row.getLong("failures"), row.getLong("window_until"), row.getLong("locked_until")))
                .list()
                .forEach(former -> merge(tx, key, threshold, former));
    }

    private static void merge(Tx tx, Key key, int threshold, Former former) {
        tx.handle()
                .createUpdate("""
                        INSERT INTO failure_counter
                            (tenant_id, kind, subject, device, failures, window_until, locked_until)
                        VALUES (:tenant, :kind, :subject, :device, :failures, :windowUntil, :lockedUntil)
                        ON CONFLICT (tenant_id, kind, subject, device) DO UPDATE SET
                            failures = CASE WHEN failure_counter.failures + excluded.failures < :threshold
                                THEN failure_counter.failures + excluded.failures ELSE :threshold - 1 END,
                            window_until = CASE WHEN failure_counter.window_until < excluded.window_until
                                THEN excluded.window_until ELSE failure_counter.window_until END,
                            locked_until = CASE WHEN failure_counter.locked_until < excluded.locked_until
                                THEN excluded.locked_until ELSE failure_counter.locked_until END""")
                .bind("tenant", key.tenant().value())
                .bind("kind", key.kind().label())
                .bind("subject", key.subject())
                .bind("device", key.device())
                .bind("threshold", threshold)
                .bind("failures", former.failures())
                .bind("windowUntil", former.windowUntil())
                .bind("lockedUntil", former.lockedUntil())
                .execute();
    }

    /**
     * Counts one failure. The row lock makes simultaneous failures count one by one, so exactly one of them is the
     * {@code threshold}-th. Locking moves the window's end to the lock's, so that counting starts anew when the lock ends.
     */
    Count add(Tx tx, Key key, int threshold, long now, long windowUntil, long lockUntil) {
        return tx.handle()
                .createQuery("""
                        INSERT INTO failure_counter
                            (tenant_id, kind, subject, device, failures, window_until, locked_until)
                        VALUES (:tenant, :kind, :subject, :device, 1, :windowUntil, 0)
                        ON CONFLICT (tenant_id, kind, subject, device) DO UPDATE SET
                            failures = CASE
                                WHEN failure_counter.window_until <= :now THEN 1
                                ELSE failure_counter.failures + 1 END,
                            window_until = CASE
                                WHEN failure_counter.window_until <= :now THEN :windowUntil
                                WHEN failure_counter.failures + 1 = :threshold THEN :lockUntil
                                ELSE failure_counter.window_until END,
                            locked_until = CASE
                                WHEN failure_counter.window_until <= :now THEN 0
                                WHEN failure_counter.failures + 1 = :threshold THEN :lockUntil
                                ELSE failure_counter.locked_until END
                        RETURNING failures, locked_until""")
                .bind("tenant", key.tenant().value())
                .bind("kind", key.kind().label())
                .bind("subject", key.subject())
                .bind("device", key.device())
                .bind("threshold", threshold)
                .bind("now", now)
                .bind("windowUntil", windowUntil)
                .bind("lockUntil", lockUntil)
                .map((row, context) -> new Count(row.getInt("failures"), row.getLong("locked_until")))
                .one();
    }

    void clear(Tx tx, Key key) {
        tx.handle()
                .createUpdate("""
                        DELETE FROM failure_counter
                        WHERE tenant_id = :tenant AND kind = :kind AND subject IN (<subjects>) AND device = :device""")
                .bindList("subjects", key.subjects())
                .bind("tenant", key.tenant().value())
                .bind("kind", key.kind().label())
                .bind("device", key.device())
                .execute();
    }

    /** Clears the subject's counters of all devices; the number that were there. */
    int clearAll(Tx tx, TenantId tenant, FailureKind kind, List<String> subjects) {
        return tx.handle()
                .createUpdate("""
                        DELETE FROM failure_counter
                        WHERE tenant_id = :tenant AND kind = :kind AND subject IN (<subjects>)""")
                .bindList("subjects", subjects)
                .bind("tenant", tenant.value())
                .bind("kind", kind.label())
                .execute();
    }

    /** Deletes at most {@code most} counters that expired. The outer condition keeps one that was renewed meanwhile. */
    int deleteExpired(Tx tx, long now, int most) {
        return tx.handle().createUpdate("""
                        DELETE FROM failure_counter
                        WHERE window_until <= :now AND (tenant_id, kind, subject, device) IN (
                            SELECT tenant_id, kind, subject, device FROM failure_counter
                            WHERE window_until <= :now
                            ORDER BY window_until
                            LIMIT :most)""").bind("now", now).bind("most", most).execute();
    }
}
