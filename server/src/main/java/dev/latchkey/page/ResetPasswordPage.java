package dev.latchkey.page;

import dev.latchkey.core.FieldError;
import java.util.List;
import java.util.Optional;

/**
 * The form for a new password.
 *
 * @param token the link's token, sent back by the form
 * @param errors what was wrong with the last try, by field {@code newPassword} or {@code repeatPassword}; empty at first
 */
public record ResetPasswordPage(String token, Optional<String> csrf, List<FieldError> errors) implements HoldsToken {
    public ResetPasswordPage {
        errors = List.copyOf(errors);
    }
}
