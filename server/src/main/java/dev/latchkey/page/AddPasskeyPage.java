package dev.latchkey.page;

import dev.latchkey.core.FieldError;
import java.util.List;

/** Makes a passkey for whoever is signed in; the script posts {@code name} and what the authenticator answered. */
public record AddPasskeyPage(AccountMenu menu, String returnTo, String name, List<FieldError> errors)
        implements ReturnsTo {
    public AddPasskeyPage {
        errors = List.copyOf(errors);
    }
}
