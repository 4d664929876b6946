package dev.latchkey.hosted;

import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.page.PagePath;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a form has just done; the page that comes next says so. */
enum Done {
    PROFILE,
    EMAIL,
    PASSWORD,
    SESSION,
    OTHER_SESSIONS,
    FORGOTTEN,
    CONSENTS,
    PASSKEY_ADDED,
    AUTHENTICATOR_ADDED,
    PHONE_ADDED,
    RENAMED,
    REMOVED,
    FACTORS_OFF;

    private static final String PARAMETER = "done";
    private static final Set<Done> CHANGED_FACTORS =
            EnumSet.of(PASSKEY_ADDED, AUTHENTICATOR_ADDED, PHONE_ADDED, REMOVED, FACTORS_OFF);

    /** A redirect, so that a page loaded again repeats nothing. */
    Reply then(PagePath page) {
        return Reply.seeOther(at(page));
    }

    /** The address of a page that says so. */
    String at(PagePath page) {
        return page.path() + "?" + PARAMETER + "=" + wireName();
    }

    /** The same, but on to where a person was on the way to. */
    Reply then(PagePath page, String returnTo) {
        return returnTo.isEmpty() ? then(page) : Reply.seeOther(returnTo);
    }

    /** The key of what the page that this request asks for has to say. */
    static Optional<String> said(Request request) {
        return of(request).map(done -> "done." + done.wireName());
    }

    /** Whether it changed what the person signs in with and left their other sessions as they were (OWASP ASVS 5.0 V7.4.3). */
    static boolean changedFactors(Request request) {
        return of(request).filter(CHANGED_FACTORS::contains).isPresent();
    }

    private static Optional<Done> of(Request request) {
        Optional<String> name = request.query(PARAMETER);
        return Stream.of(values())
                .filter(done -> name.filter(done.wireName()::equals).isPresent())
                .findFirst();
    }

    private String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
