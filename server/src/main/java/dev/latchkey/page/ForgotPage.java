package dev.latchkey.page;

import dev.latchkey.core.FieldError;
import java.util.List;
import java.util.Optional;

/** The form that asks for a link to a new password; posts {@code email}. */
public record ForgotPage(String email, List<FieldError> errors, Optional<HumanForm> human) {
    public ForgotPage {
        errors = List.copyOf(errors);
    }
}
