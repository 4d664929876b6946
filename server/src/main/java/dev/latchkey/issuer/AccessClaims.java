package dev.latchkey.issuer;

import dev.latchkey.core.ClientId;
import dev.latchkey.core.SessionId;
import dev.latchkey.core.UserId;
import java.time.Instant;
import java.util.Set;

/**
 * What an access token says of its bearer.
 *
 * @param epoch the user's epoch now; a later one voids the token
 * @param roles for applications that read the token; our own routes read current roles instead
 * @param authenticatedAt when the user last proved a credential ({@code auth_time})
 */
public record AccessClaims(
        UserId subject,
        SessionId session,
        long epoch,
        ClientId client,
        Set<String> scope,
        Set<String> roles,
        Instant authenticatedAt) {
    public AccessClaims {
        scope = Set.copyOf(scope);
        roles = Set.copyOf(roles);
    }
}
