package dev.latchkey.trace;

import java.util.HexFormat;
import java.util.Optional;

/**
 * Which span of which trace a request was made in (W3C Trace Context section 3.2).
 *
 * @param sampled whether whoever called records it
 */
public record TraceParent(long traceHigh, long traceLow, long span, boolean sampled) {
    private static final int LENGTH = 55;
    private static final HexFormat HEX = HexFormat.of();

    /** What a {@code traceparent} header says; empty where it cannot be understood. */
    public static Optional<TraceParent> parse(String header) {
        boolean shaped = header.length() >= LENGTH
                && header.charAt(2) == '-'
                && header.charAt(35) == '-'
                && header.charAt(52) == '-'
                && isLowerHex(header, 0, 2)
                && isLowerHex(header, 3, 35)
                && isLowerHex(header, 36, 52)
                && isLowerHex(header, 53, LENGTH);
        if (!shaped || header.startsWith("ff") || !isKnownLength(header)) {
            return Optional.empty();
        }
        long high = HexFormat.fromHexDigitsToLong(header, 3, 19);
        long low = HexFormat.fromHexDigitsToLong(header, 19, 35);
        long span = HexFormat.fromHexDigitsToLong(header, 36, 52);
        boolean sampled = (HexFormat.fromHexDigits(header, 53, LENGTH) & 1) != 0;
        boolean named = (high | low) != 0 && span != 0;
        return named ? Optional.of(new TraceParent(high, low, span, sampled)) : Optional.empty();
    }

    /** As a header's value. */
    @Override
    public String toString() {
        return "00-" + hex(traceHigh, traceLow) + "-" + HEX.toHexDigits(span) + (sampled ? "-01" : "-00");
    }

    static String hex(long high, long low) {
        return HEX.toHexDigits(high) + HEX.toHexDigits(low);
    }

    /** Versions to come may append fields. */
    private static boolean isKnownLength(String header) {
        return header.length() == LENGTH || (!header.startsWith("00") && header.charAt(LENGTH) == '-');
    }

    private static boolean isLowerHex(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }
}
