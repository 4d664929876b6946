package dev.latchkey.ephemeral;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import java.time.Duration;
import java.util.Optional;

/**
 * Entries that expire. An entry is gone at the very instant its lifetime ends, whether or not it was cleaned away. Values hold
 * no secret in the clear. Every method may throw {@link Problem} {@code SERVICE_UNAVAILABLE} when the store is away.
 */
public interface ExpiringStore extends AutoCloseable {
    /**
     * Stores the value, replacing one under the same key.
     *
     * @throws Problem {@code SERVICE_UNAVAILABLE} when the kind is at its capacity and the key is new
     */
    void put(EntryKind kind, String key, String value, Duration lifetime);

    Optional<String> get(EntryKind kind, String key);

    /** Removes the value and returns it: of any number of callers at once exactly one gets it. */
    Optional<String> take(EntryKind kind, String key);

    /**
     * Adds one to a counter. Its window begins with the first increment and does not move.
     *
     * @throws Problem {@code SERVICE_UNAVAILABLE} when the kind is at its capacity and the key is new
     */
    Count increment(EntryKind kind, String key, Duration window);

    /** Takes one increment back; never below zero, and nothing where the window is over. */
    void decrement(EntryKind kind, String key);

    void remove(EntryKind kind, String key);

    @Override
    void close();

    /** The refusal at capacity. */
    static Problem full(EntryKind kind) {
        return Problem.of(ErrorCode.SERVICE_UNAVAILABLE, "no room for more entries of kind " + kind.name())
                .retryAfter(Duration.ofSeconds(5));
    }
}
