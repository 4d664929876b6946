package dev.latchkey.account;

import dev.latchkey.core.RequestContext;
import dev.latchkey.db.Tx;
import dev.latchkey.http.Reply;
import dev.latchkey.session.NewSession;
import java.util.Optional;
import java.util.function.IntFunction;

/** How a session comes about; bound to the flow that owns it. */
@FunctionalInterface
public interface OpenSession {
    /**
     * Opens a session in the caller's transaction.
     *
     * @return after the commit, makes the reply of a status; empty where the user is not active or not in this epoch any more
     */
    Optional<IntFunction<Reply>> open(Tx tx, NewSession wanted, RequestContext context);
}
