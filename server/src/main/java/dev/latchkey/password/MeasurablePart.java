package dev.latchkey.password;

/**
 * The beginning of a password that zxcvbn can measure in tens of milliseconds. It tries every combination of what symbols may
 * stand for, so its time grows with the product of the choices and the square of the length: 128 mixed symbols take seconds.
 * By the length where this cuts, so many different symbols have been seen that the score is at its top.
 */
final class MeasurablePart {
    static final int MOST_CODE_POINTS = 128;

    // One unit is about a microsecond on a current core.
    private static final long MOST_WORK = 60_000;

    /** Symbols that zxcvbn reads as the same letter, where there is more than one. */
    private static final String[] SAME_LETTER = {"4@", "({[<", "69", "1!|", "1|7", "$5", "+7"};

    private MeasurablePart() {}

    static String of(String password) {
        int[] choices = new int[SAME_LETTER.length];
        boolean[] seen = new boolean[128];
        int length = 0;
        int at = 0;
        while (at < password.length()) {
            int c = password.codePointAt(at);
            if (c < seen.length && !seen[c]) {
                seen[c] = true;
                countChoices(choices, c);
            }
            length++;
            if (length > MOST_CODE_POINTS || combinations(choices) * length * length > MOST_WORK) {
                return password.substring(0, at);
            }
            at += Character.charCount(c);
        }
        return password;
    }

    private static void countChoices(int[] choices, int symbol) {
        for (int i = 0; i < SAME_LETTER.length; i++) {
            if (SAME_LETTER[i].indexOf(symbol) >= 0) {
                choices[i]++;
            }
        }
    }

    private static long combinations(int[] choices) {
        long product = 1;
        for (int choice : choices) {
            product *= Math.max(1, choice);
        }
        return product;
    }
}
