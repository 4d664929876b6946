package dev.latchkey.password;

import dev.latchkey.core.TenantId;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.time.Instant;

/** The SQL of {@code sign_up_attempt}. */
final class SignUpAttemptStore {
    void put(Tx tx, TenantId tenant, String subject, String mark, Instant until) {
        tx.handle()
                .createUpdate("""
                        INSERT INTO sign_up_attempt (tenant_id, subject, mark, expires_at)
                        VALUES (:tenant, :subject, :mark, :until)
                        ON CONFLICT (tenant_id, subject, mark) DO UPDATE SET expires_at = excluded.expires_at""")
                .bind("tenant", tenant.value())
                .bind("subject", subject)
                .bind("mark", mark)
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
