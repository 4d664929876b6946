package dev.latchkey.audit;

import dev.latchkey.core.UserId;
import dev.latchkey.db.Sql;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The data salts of users, bound to the feature that owns users. Erasing a salt makes what was sealed under it unreadable. */
@FunctionalInterface
public interface UserSalts {
    /** The user's data salt; empty once it was erased, or where there is no such user. */
    Optional<byte[]> of(Sql sql, UserId user);

    /** The same, asking for each user once. For one read, on one thread: a longer life would outlast an erasure. */
    default UserSalts remembered() {
        Map<UserId, Optional<byte[]>> known = new HashMap<>();
        return (sql, user) -> known.computeIfAbsent(user, unknown -> of(sql, unknown));
    }
}
