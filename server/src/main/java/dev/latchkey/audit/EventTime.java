package dev.latchkey.audit;

import java.time.Instant;
import java.util.HexFormat;

/** The time inside a UUIDv7 (RFC 9562 section 5.7): a row's {@code at} is its id's, so a span of time is a span of ids. */
final class EventTime {
    private static final int HEX_DIGITS = 12;

    private EventTime() {}

    /** Epoch milliseconds. */
    static long of(String id) {
        return HexFormat.fromHexDigitsToLong(id.substring(0, 8) + id.substring(9, 13));
    }

    /** Not above any id made at {@code time} or later, and above all earlier ones. */
    static String lowestId(Instant time) {
        String hex = HexFormat.of().toHexDigits(Math.max(0, time.toEpochMilli()), HEX_DIGITS);
        return hex.substring(0, 8) + '-' + hex.substring(8);
    }
}
