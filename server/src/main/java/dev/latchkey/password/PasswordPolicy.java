package dev.latchkey.password;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a new password must be.
 *
 * @param minLength in code points after NFKC
 * @param maxLength in code points after NFKC
 * @param classes of which each must occur
 * @param minScore the least zxcvbn score, 0 to 4
 * @param personalWords whether a password made of the owner's or the application's names is refused
 * @param breachCheck whether leaked passwords are looked up
 * @param history how many of the last passwords, the present one among them, are refused; 0 for none
 */
public record PasswordPolicy(
        int minLength,
        int maxLength,
        Set<CharacterClass> classes,
        int minScore,
        boolean personalWords,
        boolean breachCheck,
        int history) {
    static final int MAX_LENGTH = 128;

    /** Length, guessability and leaks count, not composition. */
    public static final PasswordPolicy BALANCED = new PasswordPolicy(8, MAX_LENGTH, Set.of(), 2, true, true, 5);

    /** Composition rules that older clients were written for. */
    public static final PasswordPolicy CLASSIC = new PasswordPolicy(
            8,
            MAX_LENGTH,
            Set.of(CharacterClass.UPPER_CASE, CharacterClass.LOWER_CASE, CharacterClass.DIGIT),
            0,
            false,
            false,
            0);

    /** {@link #BALANCED} with longer and harder passwords. */
    public static final PasswordPolicy STRICT = new PasswordPolicy(12, MAX_LENGTH, Set.of(), 3, true, true, 5);

    public PasswordPolicy {
        classes = Set.copyOf(classes);
    }

    /** The same policy that also asks for a special character. */
    public PasswordPolicy withSpecial() {
        Set<CharacterClass> more = EnumSet.of(CharacterClass.SPECIAL);
        more.addAll(classes);
        return new PasswordPolicy(minLength, maxLength, more, minScore, personalWords, breachCheck, history);
    }

    PasswordPolicy withMinLength(int length) {
        return new PasswordPolicy(length, maxLength, classes, minScore, personalWords, breachCheck, history);
    }

    PasswordPolicy withHistory(int count) {
        return new PasswordPolicy(minLength, maxLength, classes, minScore, personalWords, breachCheck, count);
    }
}
