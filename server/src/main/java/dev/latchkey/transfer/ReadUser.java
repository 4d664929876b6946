package dev.latchkey.transfer;

import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.UserId;
import dev.latchkey.user.Profile;
import dev.latchkey.user.UserStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What a row says of a user, checked. What it does not say is empty: a new user gets the usual, a known one keeps what is. */
record ReadUser(
        Optional<UserId> id,
        Optional<String> sourceId,
        EmailAddress email,
        Optional<Boolean> emailVerified,
        Optional<Instant> emailVerifiedAt,
        Profile profile,
        Optional<Set<String>> roles,
        Optional<UserStatus> status,
        Optional<Instant> createdAt,
        Optional<Instant> updatedAt,
        Optional<String> userMetadata,
        Optional<String> appMetadata,
        Optional<String> passwordHash) {
    @Override
    public String toString() {
        return "ReadUser[redacted]";
    }
}
