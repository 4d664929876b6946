package dev.latchkey.user;

import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A user as stored, without any credential.
 *
 * @param epoch raised by every credential and status event; what was made under an older one is void
 * @param pendingEmail the address that replaces {@code email} once it is proved
 * @param mfaEnabled whether a login asks for a second factor because the user wants it
 * @param userMetadata a JSON object that the user may edit
 */
public record User(
        UserId id,
        TenantId tenant,
        UserStatus status,
        long epoch,
        EmailAddress email,
        Optional<Instant> emailVerifiedAt,
        Optional<EmailAddress> pendingEmail,
        Profile profile,
        String userMetadata,
        Set<String> roles,
        boolean mfaEnabled,
        Instant createdAt,
        Instant updatedAt) {
    public boolean isActive() {
        return status == UserStatus.ACTIVE;
    }

    public boolean emailVerified() {
        return emailVerifiedAt.isPresent();
    }

    /** What mails and password rules know the user by, besides the address. */
    public String displayName() {
        return profile.name().orElse(email.asTyped());
    }
}
