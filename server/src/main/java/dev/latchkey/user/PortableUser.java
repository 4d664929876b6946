package dev.latchkey.user;

import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A user on the way into or out of this server: everything of the account but its credentials and what hangs on this
 * installation (epoch, data salt).
 *
 * @param sourceId what the system that the user came from calls the account
 * @param userMetadata a JSON object that the user may edit
 * @param appMetadata a JSON object of applications
 */
public record PortableUser(
        UserId id,
        TenantId tenant,
        Optional<String> sourceId,
        EmailAddress email,
        Optional<Instant> emailVerifiedAt,
        Profile profile,
        Set<String> roles,
        UserStatus status,
        String userMetadata,
        String appMetadata,
        Instant createdAt,
        Instant updatedAt) {
    public PortableUser {
        roles = Set.copyOf(roles);
    }

    PortableUser named(String source) {
        return new PortableUser(
                id,
                tenant,
                Optional.of(source),
                email,
                emailVerifiedAt,
                profile,
                roles,
                status,
                userMetadata,
                appMetadata,
                createdAt,
                updatedAt);
    }
}
