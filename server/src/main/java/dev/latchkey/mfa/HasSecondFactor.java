package dev.latchkey.mfa;

import dev.latchkey.db.Sql;
import dev.latchkey.user.User;

/** Whether a user could answer a login that asks for a second factor; bound to the flow that owns logins. */
@FunctionalInterface
public interface HasSecondFactor {
    boolean test(Sql sql, User user);
}
