package dev.latchkey.page;

import dev.latchkey.core.FieldError;
import java.util.List;

/** The form for a code that was mailed; posts {@code code}. */
public record CodePage(String returnTo, boolean remember, List<FieldError> errors) implements ReturnsTo {
    public CodePage {
        errors = List.copyOf(errors);
    }
}
