package dev.latchkey.password;

import java.util.function.IntPredicate;

/** The kinds of character that class rules and the class score count. */
public enum CharacterClass {
    UPPER_CASE("missing_upper_case", "Use at least one upper-case letter.", Character::isUpperCase),
    LOWER_CASE("missing_lower_case", "Use at least one lower-case letter.", Character::isLowerCase),
    DIGIT("missing_digit", "Use at least one digit.", Character::isDigit),
    SPECIAL(
            "missing_special",
            "Use at least one character that is neither a letter nor a digit.",
            c -> !Character.isLetterOrDigit(c));

    private final String code;
    private final String advice;
    private final IntPredicate member;

    CharacterClass(String code, String advice, IntPredicate member) {
        this.code = code;
        this.advice = advice;
        this.member = member;
    }

    /** The field error's code where a password has none of these. */
    String code() {
        return code;
    }

    String advice() {
        return advice;
    }

    boolean isIn(String password) {
        return password.codePoints().anyMatch(member);
    }
}
