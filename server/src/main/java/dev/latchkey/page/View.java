package dev.latchkey.page;

import dev.latchkey.core.FieldError;
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

    public String logo() {
        return PageAsset.LOGO.address();
    }

    /** The first complaint about a field. */
    public static Optional<FieldError> error(List<FieldError> errors, String field) {
        return errors.stream().filter(error -> error.field().equals(field)).findFirst();
    }
}
