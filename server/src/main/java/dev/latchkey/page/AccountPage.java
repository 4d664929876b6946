package dev.latchkey.page;

import dev.latchkey.core.FieldError;
import java.util.List;
import java.util.Optional;

/**
 * The own profile; posts {@code name}, {@code picture} and {@code locale}.
 *
 * @param done the key of a sentence that says what has just been done
 * @param picture the address of one; not shown, for that would tell its host who looks
 * @param pendingEmail the address that replaces {@code email} once its link is used
 */
public record AccountPage(
        AccountMenu menu,
        Optional<String> done,
        String email,
        boolean emailVerified,
        Optional<String> pendingEmail,
        String name,
        String picture,
        String locale,
        List<FieldError> errors) {
    public AccountPage {
        errors = List.copyOf(errors);
    }
}
