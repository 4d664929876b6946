package dev.latchkey.otp;

import dev.latchkey.core.UserId;
import java.time.Instant;
import java.util.Optional;

/**
 * What a link said.
 *
 * @param user whom it is for; empty for links that name nobody
 * @param epoch the user's epoch when it was made; the caller refuses where it moved
 * @param subject such as the folded address to be proved; may be empty
 * @param factor the second factor that was added where the link went out; empty for every other link
 */
public record SpentLink(
        Optional<UserId> user, long epoch, String subject, Optional<LinkedFactor> factor, Instant createdAt) {}
