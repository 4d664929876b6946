package dev.latchkey.user;

import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import dev.latchkey.db.Tx;
import java.time.Instant;

/** The SQL of {@code user_identifier}: the address in force, and one that waits to be proved. */
final class EmailStore {
    /** Whether the address was free. */
    boolean insert(Tx tx, UserId id, NewUser user, Instant now) {
        return tx.handle()
                .createQuery("""
                        INSERT INTO user_identifier (user_id, kind, tenant_id, folded, as_typed, verified_at, created_at)
                        VALUES (:id, 'email', :tenant, :folded, :typed, :verified, :now)
                        ON CONFLICT DO NOTHING RETURNING user_id""")
                .bind("id", id.value())
                .bind("tenant", user.tenant().value())
                .bind("folded", user.email().folded())
                .bind("typed", user.email().asTyped())
                .bind("verified", user.emailVerified() ? (Long) now.toEpochMilli() : null)
                .bind("now", now.toEpochMilli())
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    /** Locks the row of whose address this is, if there is one. */
    void lockUser(Tx tx, TenantId tenant, EmailAddress email) {
        tx.handle()
                .createUpdate("""
                        UPDATE app_user SET epoch = epoch
                        WHERE id = (SELECT user_id FROM user_identifier
                                    WHERE tenant_id = :tenant AND kind = 'email' AND folded = :folded)""")
                .bind("tenant", tenant.value())
                .bind("folded", email.folded())
                .execute();
    }

    void putPending(Tx tx, UserId id, TenantId tenant, EmailAddress email, Instant now) {
        tx.handle()
                .createUpdate("""
                        INSERT INTO user_identifier (user_id, kind, tenant_id, folded, as_typed, verified_at, created_at)
                        VALUES (:id, 'email-pending', :tenant, :folded, :typed, NULL, :now)
                        ON CONFLICT (user_id, kind) DO UPDATE SET folded = excluded.folded, as_typed = excluded.as_typed,
                               created_at = excluded.created_at""")
                .bind("id", id.value())
                .bind("tenant", tenant.value())
                .bind("folded", email.folded())
                .bind("typed", email.asTyped())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    void deletePending(Tx tx, UserId id) {
        tx.handle()
                .createUpdate("DELETE FROM user_identifier WHERE user_id = :id AND kind = 'email-pending'")
                .bind("id", id.value())
                .execute();
    }

    boolean verify(Tx tx, UserId id, String folded, Instant now) {
        return tx.handle()
                .createQuery("""
                        UPDATE user_identifier SET verified_at = :now
                        WHERE user_id = :id AND kind = 'email' AND folded = :folded AND verified_at IS NULL
                        RETURNING user_id""")
                .bind("id", id.value())
                .bind("folded", folded)
                .bind("now", now.toEpochMilli())
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    /** Puts a proved address in the place of the old one, unless another user took it meanwhile. */
    boolean replace(Tx tx, UserId id, TenantId tenant, EmailAddress email, Instant now) {
        return tx.handle()
                .createQuery("""
                        UPDATE user_identifier SET folded = :folded, as_typed = :typed, verified_at = :now
                        WHERE user_id = :id AND kind = 'email'
                          AND NOT EXISTS (SELECT 1 FROM user_identifier o WHERE o.tenant_id = :tenant AND o.kind = 'email'
                                          AND o.folded = :folded AND o.user_id <> :id)
                        RETURNING user_id""")
                .bind("id", id.value())
                .bind("tenant", tenant.value())
                .bind("folded", email.folded())
                .bind("typed", email.asTyped())
                .bind("now", now.toEpochMilli())
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }
}
