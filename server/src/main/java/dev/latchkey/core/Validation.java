package dev.latchkey.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Collects every rejected field of one request, so that a client learns all of them at once. Used in the compact constructor
 * of a request record: each method answers the cleaned value; {@link #done()} throws if any was rejected.
 */
public final class Validation {
    private final List<FieldError> errors = new ArrayList<>();

    /** Required text: trimmed, 1 to {@code max} code points, no control characters. */
    public String text(String field, @Nullable String value, int max) {
        String trimmed = value == null ? "" : value.strip();
        if (trimmed.isEmpty()) {
            return reject(field, "required", "This field is required.");
        }
        return bounded(field, trimmed, max);
    }

    /** Optional text: absent, null and blank are the same. */
    public Optional<String> optionalText(String field, @Nullable String value, int max) {
        String trimmed = value == null ? "" : value.strip();
        return trimmed.isEmpty() ? Optional.empty() : Optional.of(bounded(field, trimmed, max));
    }

    /** A secret is taken exactly as sent: never trimmed, never shown in an error. At most {@code max} UTF-16 units. */
    public String secret(String field, @Nullable String value, int max) {
        if (value == null || value.isEmpty()) {
            return reject(field, "required", "This field is required.");
        }
        if (value.length() > max) {
            return tooLong(field, max);
        }
        if (value.indexOf('\0') >= 0) {
            return reject(field, "invalid_characters", "The NUL character is not allowed.");
        }
        return value;
    }

    public EmailAddress email(String field, @Nullable String value) {
        String text = value == null ? "" : value.strip();
        if (text.isEmpty()) {
            reject(field, "required", "This field is required.");
            return EmailAddress.PLACEHOLDER;
        }
        return EmailAddress.parse(text).orElseGet(() -> {
            reject(field, "invalid_email", "Give an e-mail address such as name@example.com.");
            return EmailAddress.PLACEHOLDER;
        });
    }

    /** Rejects {@code field} unless {@code ok}. */
    public void require(boolean ok, String field, String code, String message) {
        if (!ok) {
            reject(field, code, message);
        }
    }

    public String reject(String field, String code, String message) {
        errors.add(new FieldError(field, code, message));
        return "";
    }

    private String tooLong(String field, int max) {
        Map<String, String> values = Map.of("max", Integer.toString(max));
        errors.add(new FieldError(field, "too_long", "Use at most " + max + " characters.", values));
        return "";
    }

    /**
     * Call last.
     *
     * @throws Problem {@link ErrorCode#VALIDATION_ERROR} with every rejected field
     */
    public void done() {
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    private String bounded(String field, String text, int max) {
        if (text.codePointCount(0, text.length()) > max) {
            return tooLong(field, max);
        }
        if (text.codePoints().anyMatch(Validation::isControl)) {
            return reject(field, "invalid_characters", "Control characters are not allowed.");
        }
        return text;
    }

    private static boolean isControl(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL || type == Character.SURROGATE || isBidirectionalOverride(c);
    }

    /** Characters that make a name read as another one on a page or in a log. */
    private static boolean isBidirectionalOverride(int c) {
        return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    }
}
