package dev.latchkey.redis;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import java.time.Duration;

/** Redis did not do what it was asked; whoever asked does without, or refuses. */
final class RedisAwayException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Duration RETRY = Duration.ofSeconds(2);

    /** @param reason for the log only */
    RedisAwayException(String reason) {
        // No stack trace: while Redis is away every request that needs it makes one.
        super(reason, null, false, false);
    }

    /** The refusal for those who cannot do without. */
    Problem refusal() {
        return Problem.of(ErrorCode.SERVICE_UNAVAILABLE, "Redis is away: " + getMessage())
                .retryAfter(RETRY);
    }
}
