package dev.latchkey.page;

import dev.latchkey.core.FieldError;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A form that does one thing; posts its fields.
 *
 * @param menu of a signed-in person
 * @param key of its texts: {@code .title}, {@code .text} and {@code .submit}
 * @param values that the texts name
 * @param action where it posts to
 * @param danger whether it cannot be taken back
 * @param back where to go without doing it
 */
public record ActionPage(
        Optional<AccountMenu> menu,
        String key,
        Map<String, String> values,
        String action,
        List<FormField> fields,
        boolean danger,
        Optional<String> back,
        List<FieldError> errors) {
    public ActionPage {
        values = Map.copyOf(values);
        fields = List.copyOf(fields);
        errors = List.copyOf(errors);
    }

    /** For a signed-in person. */
    public static ActionPage of(AccountMenu menu, String key, String action, List<FormField> fields) {
        Optional<String> back = Optional.of(menu.current().path());
        return new ActionPage(Optional.of(menu), key, Map.of(), action, fields, false, back, List.of());
    }

    public ActionPage naming(String value, String text) {
        return new ActionPage(menu, key, Map.of(value, text), action, fields, danger, back, errors);
    }

    /** @param path of the step before this one */
    public ActionPage leadingBackTo(String path) {
        return new ActionPage(menu, key, values, action, fields, danger, Optional.of(path), errors);
    }

    public ActionPage dangerous() {
        return new ActionPage(menu, key, values, action, fields, true, back, errors);
    }

    public ActionPage refused(List<FieldError> complaints) {
        return new ActionPage(menu, key, values, action, fields, danger, back, complaints);
    }

    /** The form's id: the last part of its key, with dashes. */
    public String id() {
        return key.substring(key.lastIndexOf('.') + 1).replace('_', '-');
    }
}
