package dev.latchkey.limit;

import java.time.Duration;
import java.time.Instant;

/** Where fixed windows are counted. */
public interface Windows {
    /** A window's calls so far, this one included, and its end. */
    record Window(long calls, Instant endsAt) {}

    Window increment(String kind, String key, Duration window);

    void decrement(String kind, String key);
}
