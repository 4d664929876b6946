package dev.latchkey.account;

import dev.latchkey.core.Principal;
import dev.latchkey.db.Sql;
import dev.latchkey.user.User;

/**
 * Refuses whoever proved one factor alone where the account has a second: address and password are what one recovers an account
 * by (OWASP ASVS 5.0 V7.5.1). Bound to the flow that owns second factors.
 */
@FunctionalInterface
public interface RequireTwoFactors {
    /** @throws dev.latchkey.core.Problem REAUTHENTICATION_REQUIRED */
    void require(Sql sql, User user, Principal.SignedIn principal);
}
