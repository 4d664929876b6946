package dev.latchkey.issuer;

import dev.latchkey.core.Authentication;
import dev.latchkey.core.ClientId;
import dev.latchkey.core.SessionId;
import dev.latchkey.core.UserId;
import java.time.Instant;
import java.util.Set;

/**
 * An access token of ours: signature, type, issuer, audience and times are right. Whether it was revoked since is not known here.
 */
public record VerifiedToken(
        UserId subject,
        SessionId session,
        long epoch,
        ClientId client,
        Set<String> scope,
        Instant issuedAt,
        Instant notBefore,
        Instant expiresAt,
        Authentication authentication) {
    public VerifiedToken {
        scope = Set.copyOf(scope);
    }
}
