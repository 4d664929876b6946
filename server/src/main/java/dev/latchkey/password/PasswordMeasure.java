package dev.latchkey.password;

import dev.latchkey.core.FieldError;
import java.util.List;

/**
 * A password that somebody is choosing.
 *
 * @param errors why it would be refused, leaked passwords and earlier ones aside
 */
public record PasswordMeasure(PasswordStrength strength, List<FieldError> errors) {
    public PasswordMeasure {
        errors = List.copyOf(errors);
    }
}
