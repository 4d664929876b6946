package dev.latchkey.phone;

import dev.latchkey.core.PhoneNumber;
import dev.latchkey.core.UserId;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.time.Instant;
import java.util.Optional;

/** The SQL of {@code phone_factor}. */
final class PhoneStore {
    Optional<Phone> find(Sql sql, UserId user) {
        return sql.handle()
                .createQuery("SELECT number, created_at, last_used_at FROM phone_factor WHERE user_id = :user")
                .bind("user", user.value())
                .map((row, context) -> {
                    long lastUsed = row.getLong("last_used_at");
                    Optional<Instant> lastUsedAt =
                            row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(lastUsed));
                    return new Phone(
                            new PhoneNumber(row.getString("number")),
                            Instant.ofEpochMilli(row.getLong("created_at")),
                            lastUsedAt);
                })
                .findOne();
    }

    long users(Sql sql) {
        return sql.handle()
                .createQuery("SELECT count(*) FROM phone_factor")
                .mapTo(Long.class)
                .one();
    }

    void put(Tx tx, UserId user, Phone phone) {
        tx.handle()
                .createUpdate("""
                        INSERT INTO phone_factor (user_id, number, created_at) VALUES (:user, :number, :created)
                        ON CONFLICT (user_id) DO UPDATE SET
                            number = excluded.number, created_at = excluded.created_at, last_used_at = NULL""")
                .bind("user", user.value())
                .bind("number", phone.number().value())
                .bind("created", phone.createdAt().toEpochMilli())
                .execute();
    }

    void used(Tx tx, UserId user, Instant now) {
        tx.handle()
                .createUpdate("UPDATE phone_factor SET last_used_at = :now WHERE user_id = :user")
                .bind("now", now.toEpochMilli())
                .bind("user", user.value())
                .execute();
    }

    Optional<PhoneNumber> delete(Tx tx, UserId user) {
        return tx.handle()
                .createQuery("DELETE FROM phone_factor WHERE user_id = :user RETURNING number")
                .bind("user", user.value())
                .mapTo(String.class)
                .findOne()
                .map(PhoneNumber::new);
    }
}
