package dev.latchkey.password;

import java.util.List;

/**
 * How strong a password is, for the person who is choosing one.
 *
 * @param score 0 (guessed at once) to 4 (very hard to guess)
 * @param classScore 0 to 6: 2 for twelve characters (1 for eight) and 1 for each kind of character; 0 for a common password
 * @param feedback what is wrong with it, one sentence each
 * @param suggestions what would help
 * @param crackTime to guess it offline against a slow hash, such as "3 hours"
 * @param valid whether it would be accepted, leaked passwords and earlier ones aside: those are only looked up when it is set
 */
public record PasswordStrength(
        int score, int classScore, List<String> feedback, List<String> suggestions, String crackTime, boolean valid) {
    public PasswordStrength {
        feedback = List.copyOf(feedback);
        suggestions = List.copyOf(suggestions);
    }
}
