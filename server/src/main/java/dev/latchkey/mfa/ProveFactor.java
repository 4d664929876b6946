package dev.latchkey.mfa;

import dev.latchkey.core.RequestContext;
import dev.latchkey.core.SessionId;
import dev.latchkey.db.Tx;
import dev.latchkey.user.User;

/** Takes a code of a second factor, once; bound to the flow that owns logins. */
@FunctionalInterface
public interface ProveFactor {
    /**
     * The caller has locked the user's row, and commits also where the code was wrong, which is then audited.
     *
     * @param session that asks; a code that was texted for another is not taken
     * @return whether the code was right
     */
    boolean prove(Tx tx, User user, SessionId session, String code, RequestContext context);
}
