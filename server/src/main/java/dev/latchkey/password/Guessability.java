package dev.latchkey.password;

import com.nulabinc.zxcvbn.Feedback;
import com.nulabinc.zxcvbn.StandardDictionaries;
import com.nulabinc.zxcvbn.StandardKeyboards;
import com.nulabinc.zxcvbn.Strength;
import com.nulabinc.zxcvbn.Zxcvbn;
import com.nulabinc.zxcvbn.ZxcvbnBuilder;
import com.nulabinc.zxcvbn.matchers.Dictionary;
import dev.latchkey.core.Sentence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Zxcvbn and its word lists. Its list of leaked passwords by frequency (30 000, MIT licence) is also the list of common passwords.
 * Loading takes a moment and some megabytes, so the first question does it.
 */
final class Guessability {
    private final Zxcvbn zxcvbn;
    private final Set<String> common;

    /** What zxcvbn says of one password. */
    record Estimate(int score, List<Advice> warnings, List<Advice> suggestions, String crackTime) {
        /** What is wrong, then what would help. */
        List<Sentence> advice() {
            List<Advice> all =
                    Stream.concat(warnings.stream(), suggestions.stream()).toList();
            return (all.isEmpty() ? List.of(Advice.FEW_WORDS) : all)
                    .stream().map(Advice::sentence).toList();
        }
    }

    Guessability() {
        try {
            List<Dictionary> dictionaries = StandardDictionaries.loadAllDictionaries();
            this.zxcvbn = new ZxcvbnBuilder()
                    .dictionaries(dictionaries)
                    .keyboards(StandardKeyboards.loadAllKeyboards())
                    .build();
            this.common = dictionaries.stream()
                    .filter(dictionary -> dictionary.getName().equals(StandardDictionaries.PASSWORDS))
                    .findFirst()
                    .orElseThrow()
                    .getRankedDictionary()
                    .keySet();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the whole password, in any case, is among the most common ones. */
    boolean isCommon(String password) {
        return common.contains(password.toLowerCase(Locale.ROOT));
    }

    int commonPasswords() {
        return common.size();
    }

    /** @param knownWords lower-case words a guesser of this password would try first */
    Estimate estimate(String password, List<String> knownWords) {
        Strength strength = zxcvbn.measure(MeasurablePart.of(password), knownWords);
        Feedback feedback = strength.getFeedback();
        Estimate estimate = new Estimate(
                strength.getScore(),
                Advice.warnings(feedback),
                Advice.suggestions(feedback),
                strength.getCrackTimesDisplay().getOfflineSlowHashing1e4perSecond());
        strength.wipe();
        return estimate;
    }
}
