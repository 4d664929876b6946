package dev.latchkey.page;

import dev.latchkey.core.FieldError;
import java.util.List;
import java.util.Optional;

/**
 * The form that asks for a link, to a new password or to confirm an address; posts {@code email}.
 *
 * @param returnTo where the login is to lead that follows, checked
 */
public record ForgotPage(String returnTo, String email, List<FieldError> errors, Optional<HumanForm> human)
        implements ReturnsTo {
    public ForgotPage {
        errors = List.copyOf(errors);
    }
}
