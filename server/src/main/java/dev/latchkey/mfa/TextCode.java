package dev.latchkey.mfa;

import dev.latchkey.core.PhoneNumber;
import dev.latchkey.core.RequestContext;
import dev.latchkey.db.Tx;
import dev.latchkey.user.User;

/** Texts codes; bound to the flow that owns logins. */
public interface TextCode {
    /** @throws dev.latchkey.core.Problem SERVICE_UNAVAILABLE where no text can be sent */
    void requireAvailable();

    /**
     * Texts a code; the caller commits.
     *
     * @param attempt a hash of what only the client that asks holds: the code is taken with that alone
     */
    void send(Tx tx, User user, PhoneNumber number, String attempt, RequestContext context);
}
