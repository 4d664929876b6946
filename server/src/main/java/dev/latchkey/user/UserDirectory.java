package dev.latchkey.user;

import dev.latchkey.core.UserId;
import dev.latchkey.db.Database;
import dev.latchkey.ephemeral.RecentlyUsed;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Users by id for hot paths: a bounded cache that the change log keeps true. Never decides a write: those read their row inside
 * the transaction.
 */
public final class UserDirectory {
    /** The kind of the change rows that name a user whose row changed; their value is the user's epoch. */
    public static final String CHANGE = "user";

    private static final int CAPACITY = 20_000;

    private final Database database;
    private final UserService users;
    private final AtomicLong invalidations = new AtomicLong();
    private final RecentlyUsed<UserId, User> known = new RecentlyUsed<>(CAPACITY);

    public UserDirectory(Database database, UserService users) {
        this.database = database;
        this.users = users;
    }

    /** The user as of the last change this node has heard of. */
    public Optional<User> find(UserId id) {
        Optional<User> remembered = known.find(id);
        if (remembered.isPresent()) {
            return remembered;
        }
        long before = invalidations.get();
        Optional<User> found = database.read(sql -> users.byId(sql, id));
        found.ifPresent(user -> keep(user, before));
        return found;
    }

    /** The user's row changed. */
    public synchronized void forget(UserId id) {
        invalidations.incrementAndGet();
        known.remove(id);
    }

    /** What is remembered may never have been. */
    public synchronized void forgetAll() {
        invalidations.incrementAndGet();
        known.clear();
    }

    private synchronized void keep(User user, long before) {
        // A change that arrived while we read may be newer than what we read.
        if (invalidations.get() == before) {
            known.put(user.id(), user);
        }
    }
}
