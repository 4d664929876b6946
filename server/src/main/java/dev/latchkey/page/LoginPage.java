package dev.latchkey.page;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.FieldError;
import java.util.List;
import java.util.Optional;

/**
 * The form that signs in. Passwords are never written back into it.
 *
 * @param returnTo where to go on afterwards, checked; empty for the start page
 * @param email as typed in the last try
 * @param notice the key of a sentence that says why this page is shown
 * @param human a check to be answered first
 * @param passkeys whether passkeys can be used at this address
 * @param signUp whether anyone may make an account here
 */
public record LoginPage(
        String returnTo,
        String email,
        boolean remember,
        Optional<String> notice,
        List<FieldError> errors,
        Optional<HumanForm> human,
        boolean passkeys,
        boolean signUp)
        implements ReturnsTo {
    public LoginPage {
        errors = List.copyOf(errors);
    }

    /** Whether the address is to be confirmed first, so that a way to a new link is needed. */
    public boolean unverified() {
        return errors.stream().anyMatch(error -> error.code().equals(ErrorCode.EMAIL_NOT_VERIFIED.name()));
    }
}
