package dev.latchkey.http;

import java.time.Instant;

/** RFC 3339 in UTC with milliseconds. Remembers the last second, because all that is being answered now was so within it. */
final class InstantText {
    private static final int MILLIS_PER_SECOND = 1_000;
    private static final int THROUGH_SECONDS = "2026-01-01T00:00:00".length();

    private record Second(long epochSecond, String text) {}

    private volatile Second last = new Second(Long.MIN_VALUE, "");

    /** Milliseconds since 1970, in the years 0 to 9999. */
    String of(long epochMillis) {
        long epochSecond = Math.floorDiv(epochMillis, MILLIS_PER_SECOND);
        Second second = last;
        if (second.epochSecond != epochSecond) {
            String whole = Instant.ofEpochSecond(epochSecond).toString();
            second = new Second(epochSecond, whole.substring(0, THROUGH_SECONDS));
            last = second;
        }
        int millis = Math.floorMod(epochMillis, MILLIS_PER_SECOND);
        return second.text + (millis < 10 ? ".00" : millis < 100 ? ".0" : ".") + millis + 'Z';
    }
}
