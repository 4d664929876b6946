package dev.latchkey.core;

import java.util.Locale;

/** Codes as people type them: spaces and dashes between groups, either case, the digits and widths of their keyboard. */
public final class TypedCode {
    // Longer than any code we make with a separator behind every character; the rest is not worth looking at.
    private static final int LONGEST = 64;
    private static final int FIRST_FULL_WIDTH = 0xFF01;
    private static final int LAST_FULL_WIDTH = 0xFF5E;

    private TypedCode() {}

    /** Only letters and digits are left, upper case, digits as 0 to 9; empty for what is too long to be a code. */
    public static String plain(String typed) {
        if (typed.length() > LONGEST) {
            return "";
        }
        StringBuilder plain = new StringBuilder(typed.length());
        typed.codePoints().map(TypedCode::halfWidth).forEach(c -> {
            if (Character.isDigit(c)) {
                plain.append((char) ('0' + Character.digit(c, 10)));
            } else if (!isSeparator(c)) {
                plain.appendCodePoint(c);
            }
        });
        return plain.toString().toUpperCase(Locale.ROOT);
    }

    private static int halfWidth(int c) {
        return c >= FIRST_FULL_WIDTH && c <= LAST_FULL_WIDTH ? c - FIRST_FULL_WIDTH + '!' : c;
    }

    private static boolean isSeparator(int c) {
        return switch (Character.getType(c)) {
            case Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.CONTROL,
                    Character.FORMAT,
                    Character.DASH_PUNCTUATION -> true;
            default -> c == '\u2212' || c == '_' || c == '.';
        };
    }
}
