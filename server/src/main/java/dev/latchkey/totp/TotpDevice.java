package dev.latchkey.totp;

import dev.latchkey.core.TotpDeviceId;
import java.time.Instant;
import java.util.Optional;

/** An authenticator app of a user, without its seed. */
public record TotpDevice(
        TotpDeviceId id,
        String name,
        TotpAlgorithm algorithm,
        int digits,
        Instant createdAt,
        Optional<Instant> lastUsedAt) {
    /** Characters that a name has at most. */
    public static final int MAX_NAME = 60;
}
