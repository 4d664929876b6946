package dev.latchkey.user;

import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.time.Instant;
import java.util.Optional;

/** Addresses that a user left not long ago. */
final class FormerEmailStore {
    void keep(Tx tx, UserId user, TenantId tenant, String folded, Instant until) {
        tx.handle()
                .createUpdate("""
                        INSERT INTO user_former_email (user_id, folded, tenant_id, kept_until)
                        VALUES (:user, :folded, :tenant, :until)
                        ON CONFLICT (user_id, folded) DO UPDATE SET kept_until = excluded.kept_until""")
                .bind("user", user.value())
                .bind("folded", folded)
                .bind("tenant", tenant.value())
                .bind("until", until.toEpochMilli())
                .execute();
    }

    /** For whom the address is kept, other than {@code except}. */
    Optional<UserId> owner(Sql sql, TenantId tenant, String folded, UserId except, Instant now) {
        return sql.handle()
                .createQuery("""
                        SELECT user_id FROM user_former_email
                        WHERE tenant_id = :tenant AND folded = :folded AND user_id <> :except AND kept_until > :now
                        ORDER BY kept_until LIMIT 1""")
                .bind("tenant", tenant.value())
                .bind("folded", folded)
                .bind("except", except.value())
                .bind("now", now.toEpochMilli())
                .mapTo(String.class)
                .findOne()
                .map(UserId::new);
    }

    boolean isKeptFor(Sql sql, UserId user, String folded, Instant now) {
        return sql.handle()
                .createQuery("""
                        SELECT user_id FROM user_former_email
                        WHERE user_id = :user AND folded = :folded AND kept_until > :now""")
                .bind("user", user.value())
                .bind("folded", folded)
                .bind("now", now.toEpochMilli())
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    int deleteExpired(Tx tx, Instant now, int limit) {
        return tx.handle()
                .createUpdate("""
                        DELETE FROM user_former_email WHERE (user_id, folded) IN (
                            SELECT user_id, folded FROM user_former_email WHERE kept_until <= :now LIMIT :limit)""")
                .bind("now", now.toEpochMilli())
                .bind("limit", limit)
                .execute();
    }
}
