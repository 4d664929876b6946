package dev.latchkey.password;

import dev.latchkey.core.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Everything about a new password that can be judged without asking anybody else. */
final class PolicyCheck {
    private static final int LEAST_WORD = 4;
    private static final int LEAST_REST = 4;

    private final Supplier<Guessability> guessability;

    PolicyCheck(Supplier<Guessability> guessability) {
        this.guessability = guessability;
    }

    /** @param words lower-case names of the owner and the application */
    List<FieldError> errors(PasswordPolicy policy, String field, String typed, List<String> words) {
        String password = PasswordHasher.normalised(typed);
        int length = password.codePointCount(0, password.length());
        if (length > policy.maxLength()) {
            return List.of(length(field, "too_long", "Use at most ", "max", policy.maxLength()));
        }
        List<FieldError> errors = new ArrayList<>();
        if (length < policy.minLength()) {
            errors.add(length(field, "too_short", "Use at least ", "min", policy.minLength()));
        }
        for (CharacterClass wanted : CharacterClass.values()) {
            if (policy.classes().contains(wanted) && !wanted.isIn(password)) {
                errors.add(new FieldError(field, wanted.code(), wanted.advice()));
            }
        }
        addGuessable(errors, policy, field, password, words);
        return errors;
    }

    private static FieldError length(String field, String code, String advice, String name, int characters) {
        return new FieldError(field, code, advice + characters + " characters.", Map.of(name, "" + characters));
    }

    /** One reason of this kind is enough: a common password is also easy to guess. */
    private void addGuessable(
            List<FieldError> errors, PasswordPolicy policy, String field, String password, List<String> words) {
        if (guessability.get().isCommon(password)) {
            errors.add(new FieldError(
                    field, "too_common", "This password is among the most common ones. Choose one nobody else uses."));
        } else if (policy.personalWords() && isMadeOf(password, words)) {
            errors.add(new FieldError(
                    field,
                    "contains_personal_word",
                    "This password is little more than a name or address that others know. Choose other words."));
        } else if (policy.minScore() > 0) {
            Guessability.Estimate estimate = guessability.get().estimate(password, words);
            if (estimate.score() < policy.minScore()) {
                errors.add(new FieldError(field, "too_weak", "This password is too easy to guess.")
                        .advising(estimate.advice()));
            }
        }
    }

    /** Whether little is left of the password once a known word is taken out of it. */
    private static boolean isMadeOf(String password, List<String> words) {
        String folded = password.toLowerCase(Locale.ROOT);
        for (String word : words) {
            if (word.length() >= LEAST_WORD && folded.replace(word, "").length() < LEAST_REST) {
                return true;
            }
        }
        return false;
    }
}
