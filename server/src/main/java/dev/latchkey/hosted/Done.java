package dev.latchkey.hosted;

import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.page.PagePath;
import java.util.Locale;
import java.util.Optional;

/** What a form has just done; the page that comes next says so. */
enum Done {
    PROFILE,
    EMAIL,
    PASSWORD,
    SESSION,
    FORGOTTEN,
    CONSENTS,
    PASSKEY_ADDED,
    AUTHENTICATOR_ADDED,
    PHONE_ADDED,
    RENAMED,
    REMOVED,
    FACTORS_OFF;

    private static final String PARAMETER = "done";

    /** A redirect, so that a page loaded again repeats nothing. */
    Reply then(PagePath page) {
        return Reply.seeOther(page.path() + "?" + PARAMETER + "=" + wireName());
    }

    /** The same, but on to where a person was on the way to. */
    Reply then(PagePath page, String returnTo) {
        return returnTo.isEmpty() ? then(page) : Reply.seeOther(returnTo);
    }

    /** The key of what the page that this request asks for has to say. */
    static Optional<String> said(Request request) {
        Optional<String> name = request.query(PARAMETER);
        for (Done done : values()) {
            if (name.filter(done.wireName()::equals).isPresent()) {
                return Optional.of("done." + done.wireName());
            }
        }
        return Optional.empty();
    }

    private String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
