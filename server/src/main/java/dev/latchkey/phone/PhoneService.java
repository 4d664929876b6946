package dev.latchkey.phone;

import dev.latchkey.core.PhoneNumber;
import dev.latchkey.core.UserId;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.time.Clock;
import java.util.Optional;

/** Keeps the number that a user proved. The caller of a command has locked the user's row. */
public final class PhoneService {
    private final Clock clock;
    private final PhoneStore store = new PhoneStore();

    public PhoneService(Clock clock) {
        this.clock = clock;
    }

    public Optional<Phone> find(Sql sql, UserId user) {
        return store.find(sql, user);
    }

    public boolean enrolled(Sql sql, UserId user) {
        return find(sql, user).isPresent();
    }

    /** How many users have a number for codes. */
    public long users(Sql sql) {
        return store.users(sql);
    }

    /** Stores a number that was just proved, in the place of the one before. */
    public Phone put(Tx tx, UserId user, PhoneNumber number) {
        Phone phone = new Phone(number, clock.instant(), Optional.empty());
        store.put(tx, user, phone);
        return phone;
    }

    /** A code that was texted to it was accepted. */
    public void used(Tx tx, UserId user) {
        store.used(tx, user, clock.instant());
    }

    /** Answers the number that was removed; empty where the user has none. */
    public Optional<PhoneNumber> remove(Tx tx, UserId user) {
        return store.delete(tx, user);
    }
}
