package dev.latchkey.mfa;

import dev.latchkey.audit.EventType;
import dev.latchkey.core.RequestContext;
import dev.latchkey.db.Tx;
import dev.latchkey.user.User;

/** Takes a code of a second factor, once; bound to the flow that owns logins. */
@FunctionalInterface
public interface ProveFactor {
    /**
     * The caller has locked the user's row, and commits also where the code was wrong.
     *
     * @param failure the event that tells of a wrong code
     * @return whether the code was right
     */
    boolean prove(Tx tx, User user, String code, EventType failure, RequestContext context);
}
