package dev.latchkey.config;

import java.time.Duration;

/** Durations as operators write them: {@code 500ms}, {@code 30s}, {@code 15m}, {@code 12h}, {@code 7d}. */
public final class DurationText {
    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private DurationText() {}

    /** @throws IllegalArgumentException with a complaint, to be put behind what was given */
    public static Duration parse(String text) {
        int split = UnitText.digits(text);
        long unit = switch (text.substring(split)) {
            case "ms" -> 1;
            case "s" -> SECOND;
            case "m" -> MINUTE;
            case "h" -> HOUR;
            case "d" -> DAY;
            default -> 0;
        };
        if (split == 0 || unit == 0) {
            throw new IllegalArgumentException(
                    "must be a whole number with a unit, such as 500ms, 30s, 15m, 12h or 7d");
        }
        return Duration.ofMillis(UnitText.times(text.substring(0, split), unit));
    }

    public static String of(Duration duration) {
        long ms = duration.toMillis();
        if (ms == 0 || ms % SECOND != 0) {
            return ms == 0 ? "0s" : ms + "ms";
        }
        if (ms % DAY == 0) {
            return ms / DAY + "d";
        }
        if (ms % HOUR == 0) {
            return ms / HOUR + "h";
        }
        return ms % MINUTE == 0 ? ms / MINUTE + "m" : ms / SECOND + "s";
    }
}
