package dev.latchkey.lease;

import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

final class LeaseStore {
    private static final String NOBODY = "";

    record Seen(String job, String holder, long beat) {
        boolean isFree() {
            return holder.equals(NOBODY);
        }
    }

    List<Seen> all(Sql sql) {
        return sql.handle()
                .createQuery("SELECT job, holder, beat FROM job_lease")
                .map((row, context) -> new Seen(row.getString(1), row.getString(2), row.getLong(3)))
                .list();
    }

    /** The jobs that are still the holder's. */
    Set<String> beat(Tx tx, String holder) {
        return tx
                .handle()
                .createQuery("UPDATE job_lease SET beat = beat + 1 WHERE holder = :holder RETURNING job")
                .bind("holder", holder)
                .mapTo(String.class)
                .stream()
                .collect(Collectors.toSet());
    }

    /** Takes a job nobody ever had; of several nodes one succeeds. */
    boolean create(Tx tx, String job, String holder) {
        return tx.handle()
                        .createUpdate("""
                                INSERT INTO job_lease (job, holder, beat) VALUES (:job, :holder, 1)
                                ON CONFLICT (job) DO NOTHING
                                """)
                        .bind("job", job)
                        .bind("holder", holder)
                        .execute()
                == 1;
    }

    /** Takes a job over if it is as it was seen; of several nodes one succeeds, and none if its holder moved. */
    boolean take(Tx tx, Seen seen, String holder) {
        return tx.handle()
                        .createUpdate("""
                                UPDATE job_lease SET holder = :holder, beat = beat + 1
                                WHERE job = :job AND holder = :former AND beat = :beat
                                """)
                        .bind("holder", holder)
                        .bind("job", seen.job())
                        .bind("former", seen.holder())
                        .bind("beat", seen.beat())
                        .execute()
                == 1;
    }

    void letGo(Tx tx, String holder) {
        tx.handle()
                .createUpdate("UPDATE job_lease SET holder = :nobody WHERE holder = :holder")
                .bind("nobody", NOBODY)
                .bind("holder", holder)
                .execute();
    }
}
