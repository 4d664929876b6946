package dev.latchkey.page;

import dev.latchkey.core.FieldError;
import java.util.List;
import java.util.Optional;

/**
 * The form that makes the first administrator of a new server. Passwords are never written back into it.
 *
 * @param token the one-time token of the link on the terminal
 * @param email as typed in the last try; empty at first
 * @param name as typed in the last try; empty at first
 * @param errors by field {@code email}, {@code name}, {@code password} or {@code repeatPassword}
 */
public record FirstAdminPage(String token, Optional<String> csrf, String email, String name, List<FieldError> errors)
        implements HoldsToken {
    public FirstAdminPage {
        errors = List.copyOf(errors);
    }
}
