package dev.latchkey.totp;

import dev.latchkey.core.UserId;

/**
 * A setup that waits for its first code; opaque.
 *
 * @param sealed what {@link SealedSetup} wrote
 */
public record PendingTotp(UserId user, String sealed) {
    // A record's own would show the sealed seed.
    @Override
    public String toString() {
        return "PendingTotp[" + user + "]";
    }
}
