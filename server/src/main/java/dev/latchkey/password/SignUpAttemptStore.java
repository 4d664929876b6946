package dev.latchkey.password;

import dev.latchkey.core.TenantId;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The SQL of {@code sign_up_attempt}. */
final class SignUpAttemptStore {
    void put(Tx tx, TenantId tenant, String subject, String mark, boolean madeAccount, Instant until) {
        tx.handle()
                .createUpdate("""
                        INSERT INTO sign_up_attempt (tenant_id, subject, mark, made_account, expires_at)
                        VALUES (:tenant, :subject, :mark, :made, :until)
                        ON CONFLICT (tenant_id, subject, mark) DO UPDATE SET expires_at = excluded.expires_at,
                            made_account = (excluded.made_account OR sign_up_attempt.made_account)""")
                .bind("tenant", tenant.value())
                .bind("subject", subject)
                .bind("mark", mark)
                .bind("made", madeAccount)
                .bind("until", until.toEpochMilli())
                .execute();
    }

    boolean any(Sql sql, TenantId tenant, String subject, Instant now) {
        return sql.handle()
                .createQuery("""
                        SELECT mark FROM sign_up_attempt
                        WHERE tenant_id = :tenant AND subject = :subject AND expires_at > :now LIMIT 1""")
                .bind("tenant", tenant.value())
                .bind("subject", subject)
                .bind("now", now.toEpochMilli())
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    /** Of each mark whether its sign-up made the account; empty where that was not kept. */
    List<Optional<Boolean>> madeAccount(Sql sql, TenantId tenant, String subject, Instant now) {
        return sql.handle()
                .createQuery("""
                        SELECT made_account FROM sign_up_attempt
                        WHERE tenant_id = :tenant AND subject = :subject AND expires_at > :now""")
                .bind("tenant", tenant.value())
                .bind("subject", subject)
                .bind("now", now.toEpochMilli())
                .map((row, context) -> {
                    boolean made = row.getBoolean("made_account");
                    return row.wasNull() ? Optional.<Boolean>empty() : Optional.of(made);
                })
                .list();
    }

    boolean has(Sql sql, TenantId tenant, String subject, String mark, Instant now) {
        return sql.handle()
                .createQuery("""
                        SELECT mark FROM sign_up_attempt
                        WHERE tenant_id = :tenant AND subject = :subject AND mark = :mark AND expires_at > :now""")
                .bind("tenant", tenant.value())
                .bind("subject", subject)
                .bind("mark", mark)
                .bind("now", now.toEpochMilli())
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    void delete(Tx tx, TenantId tenant, String subject) {
        tx.handle()
                .createUpdate("DELETE FROM sign_up_attempt WHERE tenant_id = :tenant AND subject = :subject")
                .bind("tenant", tenant.value())
                .bind("subject", subject)
                .execute();
    }

    int deleteExpired(Tx tx, Instant now, int most) {
        return tx.handle()
                .createUpdate("""
                        DELETE FROM sign_up_attempt WHERE expires_at <= :now AND (tenant_id, subject, mark) IN (
                            SELECT tenant_id, subject, mark FROM sign_up_attempt WHERE expires_at <= :now LIMIT :most)""")
                .bind("now", now.toEpochMilli())
                .bind("most", most)
                .execute();
    }
}
