package dev.latchkey.page;

import dev.latchkey.core.FieldError;
import java.util.List;

/** Makes a passkey for whoever is signed in; the script posts {@code name} and what the authenticator answered. */
public record AddPasskeyPage(AccountMenu menu, String name, List<FieldError> errors) {
    public AddPasskeyPage {
        errors = List.copyOf(errors);
    }
}
