package dev.latchkey.config;

/** The number in front of a unit: what durations and sizes have in common. */
final class UnitText {
    private UnitText() {}

    /** How many ASCII digits {@code text} starts with. */
    static int digits(String text) {
        int i = 0;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i;
    }

    static long times(String number, long unit) {
        try {
            return Math.multiplyExact(Long.parseLong(number), unit);
        } catch (NumberFormatException | ArithmeticException e) {
            throw new IllegalArgumentException("is too large", e);
        }
    }
}
