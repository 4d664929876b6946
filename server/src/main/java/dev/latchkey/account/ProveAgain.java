package dev.latchkey.account;

import dev.latchkey.core.Principal;
import dev.latchkey.core.RequestContext;

/** Checks a signed-in user's current password under the login's lockout; bound to the flow that owns it. */
@FunctionalInterface
public interface ProveAgain {
    /** @throws dev.latchkey.core.Problem INVALID_CREDENTIALS or ACCOUNT_LOCKED */
    void prove(Principal.SignedIn principal, String password, RequestContext context);
}
