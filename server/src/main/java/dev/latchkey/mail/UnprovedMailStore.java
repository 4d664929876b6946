package dev.latchkey.mail;

import dev.latchkey.core.TenantId;
import dev.latchkey.db.Tx;
import java.time.Duration;

/** The SQL of {@code unproved_mail}. */
final class UnprovedMailStore {
    /** Counts one mail in a window that begins with its first; answers how many there are now. */
    int add(Tx tx, TenantId tenant, String subject, long now, Duration window) {
        return tx.handle()
                .createQuery("""
                        INSERT INTO unproved_mail (tenant_id, subject, mails, window_until)
                        VALUES (:tenant, :subject, 1, :windowUntil)
                        ON CONFLICT (tenant_id, subject) DO UPDATE SET
                            mails = CASE WHEN unproved_mail.window_until <= :now THEN 1
                                ELSE unproved_mail.mails + 1 END,
                            window_until = CASE WHEN unproved_mail.window_until <= :now THEN :windowUntil
                                ELSE unproved_mail.window_until END
                        RETURNING mails""")
                .bind("tenant", tenant.value())
                .bind("subject", subject)
                .bind("now", now)
                .bind("windowUntil", now + window.toMillis())
                .mapTo(Integer.class)
                .one();
    }

    int deleteExpired(Tx tx, long now, int most) {
        return tx.handle().createUpdate("""
                        DELETE FROM unproved_mail WHERE window_until <= :now AND (tenant_id, subject) IN (
                            SELECT tenant_id, subject FROM unproved_mail WHERE window_until <= :now LIMIT :most)""").bind("now", now).bind("most", most).execute();
    }
}
