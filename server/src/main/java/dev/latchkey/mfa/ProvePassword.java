package dev.latchkey.mfa;

import dev.latchkey.core.Principal;
import dev.latchkey.core.RequestContext;

/** Checks a signed-in user's password under the login's lockout; bound to the flow that owns logins. */
@FunctionalInterface
public interface ProvePassword {
    /** @throws dev.latchkey.core.Problem INVALID_CREDENTIALS or ACCOUNT_LOCKED */
    void prove(Principal.SignedIn principal, String password, RequestContext context);
}
