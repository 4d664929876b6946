package dev.latchkey.page;

import dev.latchkey.core.FieldError;
import dev.latchkey.core.Sentence;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sentences in one language. Placeholders are written {@code {name}}; what the language lacks is read in English. */
public final class Texts {
    private final Language language;
    private final Map<String, String> sentences;
    private final Map<String, String> common;

    /** @param common values that every sentence may name */
    Texts(Language language, Map<String, String> sentences, Map<String, String> common) {
        this.language = language;
        this.sentences = Map.copyOf(sentences);
        this.common = common;
    }

    /** As in an HTML {@code lang} attribute. */
    public String language() {
        return language.tag();
    }

    /** As in an HTML {@code dir} attribute. */
    public String direction() {
        return language.direction();
    }

    public Locale locale() {
        return language.locale();
    }

    public boolean has(String key) {
        return sentences.containsKey(key);
    }

    public String get(String key) {
        return get(key, Map.of());
    }

    /**
     * A sentence with its placeholders filled. Values are not searched for placeholders in turn.
     *
     * @throws MissingResourceException for an unknown key
     * @throws IllegalArgumentException for a placeholder without a value
     */
    public String get(String key, Map<String, String> values) {
        String sentence = sentences.get(key);
        if (sentence == null) {
            throw new MissingResourceException("no text " + key, Texts.class.getName(), key);
        }
        return fill(sentence, values)
                .orElseThrow(() -> new IllegalArgumentException("a placeholder of " + key + " has no value"));
    }

    /** The same; empty for an unknown key, and where a placeholder has no value. */
    public Optional<String> find(String key, Map<String, String> values) {
        String sentence = sentences.get(key);
        return sentence == null ? Optional.empty() : fill(sentence, values);
    }

    /** A time in words, in UTC and saying so. */
    public String time(Instant time) {
        return Times.words(language, time);
    }

    /** What is told to a reader, in this language where there are words for it. */
    Optional<String> told(String prefix, String key, Map<String, String> values) {
        return find(prefix + key, readable(values));
    }

    /** What is wrong with a field and what to consider, in this language where there are words for it. */
    String complaint(FieldError error) {
        String complaint = told("complaint." + error.field() + ".", error.code(), error.values())
                .or(() -> told("complaint.", error.code(), error.values()))
                .or(() -> told("problem.", error.code(), error.values()))
                .or(() -> told("complaint." + error.field(), "", error.values()))
                .orElse(error.message());
        Stream<String> advice = error.advice().stream()
                .map(sentence ->
                        told("advice.", sentence.key(), sentence.values()).orElse(sentence.english()));
        return Stream.concat(Stream.of(complaint), advice).collect(Collectors.joining(language.betweenSentences()));
    }

    /** All complaints, one after the other. */
    String complaints(List<FieldError> errors) {
        return errors.stream().map(this::complaint).collect(Collectors.joining(language.betweenSentences()));
    }

    private Map<String, String> readable(Map<String, String> values) {
        String time = values.get(Sentence.TIME);
        if (time == null) {
            return values;
        }
        Map<String, String> readable = new HashMap<>(values);
        readable.put(Sentence.TIME, time(Instant.parse(time)));
        return readable;
    }

    /** The names between braces. */
    static Set<String> placeholders(String sentence) {
        Set<String> names = new HashSet<>();
        int open = sentence.indexOf('{');
        while (open >= 0 && sentence.indexOf('}', open) > 0) {
            int close = sentence.indexOf('}', open);
            names.add(sentence.substring(open + 1, close));
            open = sentence.indexOf('{', close);
        }
        return names;
    }

    private Optional<String> fill(String sentence, Map<String, String> values) {
        int open = sentence.indexOf('{');
        if (open < 0) {
            return Optional.of(sentence);
        }
        StringBuilder filled = new StringBuilder(sentence.length() + 32);
        int done = 0;
        while (open >= 0) {
            int close = sentence.indexOf('}', open);
            if (close < 0) {
                break;
            }
            String name = sentence.substring(open + 1, close);
            String value = values.containsKey(name) ? values.get(name) : common.get(name);
            if (value == null) {
                return Optional.empty();
            }
            filled.append(sentence, done, open).append(value);
            done = close + 1;
            open = sentence.indexOf('{', done);
        }
        return Optional.of(filled.append(sentence, done, sentence.length()).toString());
    }
}
