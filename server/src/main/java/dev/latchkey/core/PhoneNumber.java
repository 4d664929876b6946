package dev.latchkey.core;

import java.util.Optional;

/** A telephone number in international form: a plus sign and 7 to 15 digits (ITU-T E.164). */
public record PhoneNumber(String value) {
    private static final int FEWEST_DIGITS = 7;
    private static final int MOST_DIGITS = 15;
    private static final int SHOWN_DIGITS = 2;

    /** @throws IllegalArgumentException for anything but the form above */
    public PhoneNumber {
        if (!isInternational(value)) {
            throw new IllegalArgumentException("not a telephone number in international form");
        }
    }

    /** The number in what a person typed: separators go, a leading 00 is a plus. Empty without a country code. */
    public static Optional<PhoneNumber> parse(String typed) {
        String plain = typed.strip();
        StringBuilder number = new StringBuilder();
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (" ().-/\u00A0".indexOf(c) < 0) {
                number.append(c);
            }
        }
        String value = number.toString();
        String international = value.startsWith("00") ? "+" + value.substring(2) : value;
        return isInternational(international) ? Optional.of(new PhoneNumber(international)) : Optional.empty();
    }

    /** Its last two digits behind dots: enough for its owner to know it. */
    public String masked() {
        return "\u2022\u2022\u2022\u2022 " + value.substring(value.length() - SHOWN_DIGITS);
    }

    private static boolean isInternational(String text) {
        int digits = text.length() - 1;
        return digits >= FEWEST_DIGITS
                && digits <= MOST_DIGITS
                && text.charAt(0) == '+'
                && text.charAt(1) != '0'
                && text.chars().skip(1).allMatch(c -> c >= '0' && c <= '9');
    }

    // A record's own would put numbers into a log.
    @Override
    public String toString() {
        return masked();
    }
}
