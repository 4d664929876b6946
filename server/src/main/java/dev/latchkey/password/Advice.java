package dev.latchkey.password;

import com.nulabinc.zxcvbn.Feedback;
import dev.latchkey.core.Sentence;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.stream.Stream;

/** What zxcvbn has to say of a weak password, in sentences of our own. Some of its sayings say the same. */
enum Advice {
    MOST_COMMON(
            "It is among the passwords that people use most.",
            Feedback.DICTIONARY_WARNING_PASSWORDS_TOP10,
            Feedback.DICTIONARY_WARNING_PASSWORDS_TOP100,
            Feedback.DICTIONARY_WARNING_PASSWORDS_VERY_COMMON),
    LIKE_COMMON("It is much like a password that many people use.", Feedback.DICTIONARY_WARNING_PASSWORDS_SIMILAR),
    ONE_WORD("A single word is guessed quickly.", Feedback.DICTIONARY_WARNING_ENGLISH_WIKIPEDIA_ITSELF),
    NAMES(
            "Names are guessed quickly.",
            Feedback.DICTIONARY_WARNING_ETC_NAMES_THEMSELVES,
            Feedback.DICTIONARY_WARNING_ETC_NAMES_COMMON),
    KEYBOARD_ROW("Neighbouring keys are guessed quickly.", Feedback.SPATIAL_WARNING_STRAIGHT_ROWS_OF_KEYS),
    KEYBOARD_PATTERN(
            "Short patterns on the keyboard are guessed quickly.", Feedback.SPATIAL_WARNING_SHORT_KEYBOARD_PATTERNS),
    ONE_CHARACTER("The same character many times over is guessed quickly.", Feedback.REPEAT_WARNING_LIKE_AAA),
    ONE_PIECE(
            "The same piece many times over is guessed almost as quickly as that piece once.",
            Feedback.REPEAT_WARNING_LIKE_ABCABCABC),
    SEQUENCE("Rows such as abc or 4321 are guessed quickly.", Feedback.SEQUENCE_WARNING_LIKE_ABCOR6543),
    YEARS("Years are guessed quickly.", Feedback.REGEX_WARNING_RECENT_YEARS),
    DATES("Dates are guessed quickly.", Feedback.DATE_WARNING_DATES),
    CAPITALS(
            "Capital letters help little.",
            Feedback.DICTIONARY_SUGGESTIONS_CAPITALIZATION,
            Feedback.DICTIONARY_SUGGESTIONS_ALL_UPPERCASE),
    BACKWARDS("A word backwards is hardly harder to guess.", Feedback.DICTIONARY_SUGGESTIONS_REVERSED),
    SUBSTITUTES("Signs that stand for letters, such as @ for a, help little.", Feedback.DICTIONARY_SUGGESTIONS_L33T),
    OWN_DATES(
            "Leave dates and years out that have to do with you.",
            Feedback.REGEX_SUGGESTIONS_AVOID_RECENT_YEARS,
            Feedback.DATE_SUGGESTIONS_AVOID_DATES),
    FEW_WORDS("Use several words that have nothing to do with each other.", Feedback.DEFAULT_SUGGESTIONS_USE_FEW_WORDS),
    LENGTH_COUNTS(
            "Length helps more than digits, signs and capital letters.", Feedback.DEFAULT_SUGGESTIONS_NO_NEED_SYMBOLS),
    MORE_WORDS("Add a word or two that few people would think of.", Feedback.EXTRA_SUGGESTIONS_ADD_ANOTHER_WORD);

    /** They repeat the warning that comes with them, or lead to what is easy to guess. */
    static final Set<String> LEFT_OUT = Set.of(
            Feedback.SPATIAL_SUGGESTIONS_USE_LONGER_KEYBOARD_PATTERN,
            Feedback.REPEAT_SUGGESTIONS_AVOID_REPEATED_WORDS,
            Feedback.SEQUENCE_SUGGESTIONS_AVOID_SEQUENCES);

    private final String english;
    private final Set<String> sayings;

    Advice(String english, String... sayings) {
        this.english = english;
        this.sayings = Set.of(sayings);
    }

    /** For readers, who have it in their own language under its name. */
    Sentence sentence() {
        return new Sentence(name().toLowerCase(Locale.ROOT), english, Map.of());
    }

    /** What is wrong. */
    static List<Advice> warnings(Feedback feedback) {
        return of(Stream.of(feedback.withResourceBundle(NAMES_ONLY).getWarning()));
    }

    /** What would help. */
    static List<Advice> suggestions(Feedback feedback) {
        return of(feedback.withResourceBundle(NAMES_ONLY).getSuggestions().stream());
    }

    /** The advice for one of zxcvbn's sayings. */
    static Optional<Advice> on(String saying) {
        return Stream.of(values())
                .filter(advice -> advice.sayings.contains(saying))
                .findFirst();
    }

    private static List<Advice> of(Stream<String> sayings) {
        return sayings.flatMap(saying -> on(saying).stream()).distinct().toList();
    }

    /** Zxcvbn tells its sayings' names to nobody but who looks them up. */
    private static final ResourceBundle NAMES_ONLY = new ResourceBundle() {
        @Override
        protected Object handleGetObject(String key) {
            return key;
        }

        @Override
        public Enumeration<String> getKeys() {
            return Collections.emptyEnumeration();
        }
    };
}
