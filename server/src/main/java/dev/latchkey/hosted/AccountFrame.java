package dev.latchkey.hosted;

import dev.latchkey.core.CredentialKind;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.FieldError;
import dev.latchkey.core.Principal;
import dev.latchkey.core.Problem;
import dev.latchkey.core.SessionId;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.page.AccountMenu;
import dev.latchkey.page.ActionPage;
import dev.latchkey.page.BackupCodesPage;
import dev.latchkey.page.PageLink;
import dev.latchkey.page.PagePath;
import dev.latchkey.page.Pages;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** What the pages of a signed-in person share. */
public final class AccountFrame {
    private final Pages pages;
    private final Function<SessionId, String> csrf;
    private final KeptForms forms;

    /** @param csrf the CSRF token of a session */
    public AccountFrame(Pages pages, Function<SessionId, String> csrf, KeptForms forms) {
        this.pages = pages;
        this.csrf = csrf;
        this.forms = forms;
    }

    /** What was typed into forms before a step-up. */
    KeptForms forms() {
        return forms;
    }

    AccountMenu menu(Request request, PagePath current) {
        return new AccountMenu(csrf.apply(request.user().session()), current);
    }

    Reply show(Request request, PagePath path, Object page) {
        return Reply.page(200, pages.show(request.context().locale(), path, page));
    }

    Reply show(Request request, ActionPage page) {
        return Reply.page(200, pages.action(request.context().locale(), page));
    }

    /** The form once more, with what was wrong in it. */
    Reply again(Request request, ActionPage page, Problem refused, String field) {
        List<FieldError> errors = Steps.complaints(refused, field);
        return Steps.refused(refused, pages.action(request.context().locale(), page.refused(errors)));
    }

    /** New backup codes, in the answer itself: nothing keeps them for another request. */
    Reply showCodes(Request request, List<String> codes) {
        return showCodes(request, codes, PagePath.ACCOUNT_SECURITY.path());
    }

    /** The same after the first factor was set up: on to where the person was on the way to, or to the page that says so. */
    Reply showCodes(Request request, List<String> codes, Done done, String returnTo) {
        return showCodes(request, codes, returnTo.isEmpty() ? done.at(PagePath.ACCOUNT_SECURITY) : returnTo);
    }

    private Reply showCodes(Request request, List<String> codes, String next) {
        Locale locale = request.context().locale();
        String label = pages.text(locale, "backup_codes.onward", Map.of());
        PageLink onward = new PageLink(label, next);
        return Reply.page(200, pages.backupCodes(locale, new BackupCodesPage(codes, onward)));
    }

    FieldError complaint(Request request, String field, String key) {
        return new FieldError(field, key, pages.text(request.context().locale(), key, Map.of()));
    }

    /**
     * The user of a browser: whoever came by tokens would lose the session that takes the place of theirs.
     *
     * @throws Problem MISSING_TOKEN
     */
    static Principal.SignedIn inBrowser(Request request) {
        Principal.SignedIn user = request.user();
        if (user.credential() != CredentialKind.COOKIE) {
            throw Problem.of(ErrorCode.MISSING_TOKEN);
        }
        return user;
    }

    static String userKey(Request request) {
        return request.user().user().value();
    }

    static String typed(Request request, String field) {
        return request.form(field).orElse("");
    }

    /** In words, in the reader's language. */
    String time(Request request, Instant instant) {
        return pages.time(request.context().locale(), instant);
    }
}
