package dev.latchkey.password;

import dev.latchkey.core.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Answers how strong a password is while somebody types it. */
final class StrengthMeter {
    private static final int LONG = 12;
    private static final int MEDIUM = 8;
    private static final String TOO_COMMON = "This password is too common.";

    private final Supplier<Guessability> guessability;
    private final PolicyCheck policyCheck;

    StrengthMeter(Supplier<Guessability> guessability, PolicyCheck policyCheck) {
        this.guessability = guessability;
        this.policyCheck = policyCheck;
    }

    PasswordMeasure measure(PasswordPolicy policy, String typed, List<String> words) {
        String password = PasswordHasher.normalised(typed);
        Guessability.Estimate estimate = guessability.get().estimate(password, words);
        boolean common = guessability.get().isCommon(password);
        List<String> feedback = new ArrayList<>();
        if (common) {
            feedback.add(TOO_COMMON);
        }
        estimate.warnings().forEach(advice -> feedback.add(advice.sentence().english()));
        List<String> suggestions = new ArrayList<>();
        List<FieldError> errors = policyCheck.errors(policy, "password", password, words);
        errors.stream()
                .filter(error ->
                        !error.code().equals("too_weak") && !error.code().equals("too_common"))
                .forEach(error -> suggestions.add(error.message()));
        estimate.suggestions()
                .forEach(advice -> suggestions.add(advice.sentence().english()));
        PasswordStrength strength = new PasswordStrength(
                common ? 0 : estimate.score(),
                common ? 0 : classScore(password),
                feedback,
                suggestions,
                estimate.crackTime(),
                errors.isEmpty());
        return new PasswordMeasure(strength, errors);
    }

    private static int classScore(String password) {
        int length = password.codePointCount(0, password.length());
        int score = length >= LONG ? 2 : length >= MEDIUM ? 1 : 0;
        for (CharacterClass kind : CharacterClass.values()) {
            if (kind.isIn(password)) {
                score++;
            }
        }
        return score;
    }
}
