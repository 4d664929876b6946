package dev.latchkey.page;

import dev.latchkey.core.FieldError;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a template gets: the page's record with the texts and addresses that every page needs. Public because the generated
 * templates live in a package of their own.
 *
 * @param title already in the reader's language
 * @param action where the form posts to; empty on a page without a form
 */
public record View<P>(P page, Texts texts, String title, String action) {
    public String text(String key) {
        return texts.get(key);
    }

    public String text(String key, Map<String, String> values) {
        return texts.get(key, values);
    }

    public String stylesheet() {
        return PageAsset.STYLESHEET.address();
    }

    /** The module that makes the pages easier to use; every page works without it. */
    public String script() {
        return PageAsset.SCRIPT.address();
    }

    /** The module that talks to authenticators. */
    public String passkeyScript() {
        return PageAsset.PASSKEYS.address();
    }

    /** The module that helps with password fields. */
    public String passwordScript() {
        return PageAsset.PASSWORDS.address();
    }

    /** A place on this server that goes on to {@code returnTo} in the end; empty for none. */
    public String at(String place, String returnTo) {
        return leadingTo(place, returnTo);
    }

    static String leadingTo(String place, String returnTo) {
        return returnTo.isEmpty()
                ? place
                : place + (place.contains("?") ? "&" : "?") + "return_to="
                        + URLEncoder.encode(returnTo, StandardCharsets.UTF_8);
    }

    public String logo() {
        return PageAsset.LOGO.address();
    }

    /** The first complaint about a field. */
    public static Optional<FieldError> error(List<FieldError> errors, String field) {
        return errors.stream().filter(error -> error.field().equals(field)).findFirst();
    }
}
