package dev.latchkey.page;

import dev.latchkey.core.FieldError;
import java.util.List;
import java.util.Optional;

/**
 * The form that makes an account. Passwords are never written back into it.
 *
 * @param returnTo where to go on afterwards, checked; empty for the start page
 * @param consents the names of those without which nobody can sign up, in order
 */
public record SignUpPage(
        String returnTo,
        String email,
        String name,
        List<String> consents,
        List<FieldError> errors,
        Optional<HumanForm> human)
        implements ReturnsTo {
    public SignUpPage {
        consents = List.copyOf(consents);
        errors = List.copyOf(errors);
    }
}
