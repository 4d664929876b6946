package dev.latchkey.issuer;

import dev.latchkey.core.Authentication;
import dev.latchkey.core.ClientId;
import dev.latchkey.core.SessionId;
import dev.latchkey.core.UserId;
import java.util.Set;

/**
 * What an access token says of its bearer.
 *
 * @param epoch the user's epoch now; a later one voids the token
 * @param roles for applications that read the token; our own routes read current roles instead
 * @param authentication when and how the user proved who they are ({@code auth_time}, {@code acr}, {@code amr})
 */
public record AccessClaims(
        UserId subject,
        SessionId session,
        long epoch,
        ClientId client,
        Set<String> scope,
        Set<String> roles,
        Authentication authentication) {
    public AccessClaims {
        scope = Set.copyOf(scope);
        roles = Set.copyOf(roles);
    }
}
