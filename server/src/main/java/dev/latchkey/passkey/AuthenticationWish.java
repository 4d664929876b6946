package dev.latchkey.passkey;

import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import java.util.Optional;

/**
 * What an authentication is to prove.
 *
 * @param user who it must be; empty lets the passkey tell
 * @param autofill whether the browser offers passkeys beside the password field, where the challenge waits as long as the page
 * @param binding what must be the same when the answer comes, such as the hash of a login attempt; may be empty
 */
public record AuthenticationWish(
        TenantId tenant, Optional<UserId> user, PasskeyUse use, boolean autofill, String binding) {
    /** Signing in with nothing but a passkey, whoever it is. */
    public static AuthenticationWish anyone(TenantId tenant, boolean autofill, String binding) {
        return new AuthenticationWish(tenant, Optional.empty(), PasskeyUse.PASSWORDLESS, autofill, binding);
    }

    /** One more factor of a user who is known already. */
    public static AuthenticationWish secondFactor(TenantId tenant, UserId user, String binding) {
        return new AuthenticationWish(tenant, Optional.of(user), PasskeyUse.SECOND_FACTOR, false, binding);
    }
}
