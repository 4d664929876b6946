package dev.latchkey.totp;

import dev.latchkey.core.UserId;
import dev.latchkey.db.Sql;
import java.util.Optional;

/** The data salts of users, bound to the feature that owns users. Erasing one makes the user's seeds unreadable. */
@FunctionalInterface
public interface UserSalts {
    /** The user's data salt; empty once it was erased, or where there is no such user. */
    Optional<byte[]> of(Sql sql, UserId user);
}
