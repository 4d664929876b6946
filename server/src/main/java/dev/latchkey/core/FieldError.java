package dev.latchkey.core;

import java.util.Map;

/**
 * One rejected field of a request: its name as sent, a stable code such as {@code required}, and what to do.
 *
 * @param message in English
 * @param values what the message names, such as {@code max}, for who says it in another language
 */
public record FieldError(String field, String code, String message, Map<String, String> values) {
    public FieldError {
        values = Map.copyOf(values);
    }

    public FieldError(String field, String code, String message) {
        this(field, code, message, Map.of());
    }
}
