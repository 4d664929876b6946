package dev.latchkey.core;

import java.util.List;
import java.util.Map;

/**
 * One rejected field of a request: its name as sent, a stable code such as {@code required}, and what to do.
 *
 * @param message in English, without the advice
 * @param values what the message names, such as {@code max}, for who says it in another language
 * @param advice what else to consider, each a sentence by itself
 */
public record FieldError(String field, String code, String message, Map<String, String> values, List<Sentence> advice) {
    public FieldError {
        values = Map.copyOf(values);
        advice = List.copyOf(advice);
    }

    public FieldError(String field, String code, String message, Map<String, String> values) {
        this(field, code, message, values, List.of());
    }

    public FieldError(String field, String code, String message) {
        this(field, code, message, Map.of());
    }

    public FieldError advising(List<Sentence> sentences) {
        return new FieldError(field, code, message, values, sentences);
    }

    /** The message and the advice, in English. */
    public String text() {
        StringBuilder text = new StringBuilder(message);
        advice.forEach(sentence -> text.append(' ').append(sentence.english()));
        return text.toString();
    }
}
