package dev.latchkey.user;

import dev.latchkey.core.UserId;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.time.Instant;
import java.util.Optional;

final class OfferStore {
    Optional<Instant> declinedAt(Sql sql, UserId user) {
        return sql.handle()
                .createQuery("""
                        SELECT factor_offer_declined_at FROM app_user
                        WHERE id = :id AND factor_offer_declined_at IS NOT NULL""")
                .bind("id", user.value())
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli);
    }

    void decline(Tx tx, UserId user, Instant now) {
        tx.handle()
                .createUpdate("UPDATE app_user SET factor_offer_declined_at = :now WHERE id = :id")
                .bind("now", now.toEpochMilli())
                .bind("id", user.value())
                .execute();
    }
}
