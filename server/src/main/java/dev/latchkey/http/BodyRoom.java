package dev.latchkey.http;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The memory that the bodies of all requests together may hold, in bytes. */
final class BodyRoom {
    private static final Duration BUSY = Duration.ofSeconds(1);

    private final AtomicLong left;

    BodyRoom(long bytes) {
        this.left = new AtomicLong(bytes);
    }

    /** @throws Problem 503 where so much is not left */
    void take(int bytes) {
        if (left.addAndGet(-bytes) < 0) {
            left.addAndGet(bytes);
            throw Problem.of(ErrorCode.SERVICE_UNAVAILABLE, "too many bodies at once")
                    .retryAfter(BUSY);
        }
    }

    void giveBack(int bytes) {
        left.addAndGet(bytes);
    }

    long left() {
        return left.get();
    }
}
