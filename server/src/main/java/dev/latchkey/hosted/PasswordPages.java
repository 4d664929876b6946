package dev.latchkey.hosted;

import dev.latchkey.account.PasswordChange;
import dev.latchkey.core.FieldError;
import dev.latchkey.core.Principal;
import dev.latchkey.core.Problem;
import dev.latchkey.http.Access;
import dev.latchkey.http.Cookie;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.limit.LimitPolicy;
import dev.latchkey.page.ActionPage;
import dev.latchkey.page.FormField;
import dev.latchkey.page.PagePath;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Changing the own password. */
public final class PasswordPages {
    static final String PATH = PagePath.ACCOUNT.path() + "/password";
    private static final String CURRENT = "currentPassword";
    private static final String NEW = "newPassword";
    private static final String REPEAT = "repeatPassword";
    private static final int MOST_PASSWORD = 1024;

    private final AccountFrame frame;
    private final PasswordChange change;
    private final Predicate<Principal.SignedIn> lacksPassword;

    public PasswordPages(AccountFrame frame, PasswordChange change, Predicate<Principal.SignedIn> lacksPassword) {
        this.frame = frame;
        this.change = change;
        this.lacksPassword = lacksPassword;
    }

    public void mount(Mount site) {
        site.get(PATH, Access.signedIn(), this::show).summary("The form for another password.");
        site.post(PATH, Access.signedIn(), this::change)
                .summary("Sets the form's password. Every session ends; this browser goes on in a new one.")
                .limitedBy(LimitPolicy.LOGIN, AccountFrame::userKey);
    }

    private Reply show(Request request) {
        if (lacksPassword.test(request.user())) {
            return FirstPasswordPages.instead();
        }
        change.requireTwoFactors(request.user());
        return frame.show(request, form(request));
    }

    private ActionPage form(Request request) {
        List<FormField> fields = List.of(
                FormField.password(CURRENT, "current_password", "current-password"),
                FormField.password(NEW, "new_password", "new-password"),
                FormField.password(REPEAT, "repeat_password", "new-password"));
        return ActionPage.of(frame.menu(request, PagePath.ACCOUNT_SECURITY), "account.change_password", PATH, fields);
    }

    private Reply change(Request request) {
        Principal.SignedIn user = AccountFrame.inBrowser(request);
        if (lacksPassword.test(user)) {
            return FirstPasswordPages.instead();
        }
        List<FieldError> errors = complaints(request);
        if (!errors.isEmpty()) {
            return frame.again(request, form(request), Problem.invalid(errors), CURRENT);
        }
        try {
            Reply changed = change.change(
                    user, AccountFrame.typed(request, CURRENT), AccountFrame.typed(request, NEW), request.context());
            Reply onward = Done.PASSWORD.then(PagePath.ACCOUNT_SECURITY);
            for (Cookie cookie : changed.cookies()) {
                onward = onward.with(cookie);
            }
            return onward;
        } catch (Problem refused) {
            return frame.again(request, form(request), refused, CURRENT);
        }
    }

    private List<FieldError> complaints(Request request) {
        List<FieldError> errors = new ArrayList<>();
        String wanted = AccountFrame.typed(request, NEW);
        if (unusable(AccountFrame.typed(request, CURRENT))) {
            errors.add(frame.complaint(request, CURRENT, "account.change_password.no_current"));
        }
        if (unusable(wanted)) {
            errors.add(frame.complaint(request, NEW, "account.change_password.no_new"));
        } else if (!wanted.equals(AccountFrame.typed(request, REPEAT))) {
            errors.add(frame.complaint(request, REPEAT, "account.change_password.differs"));
        }
        return errors;
    }

    private static boolean unusable(String password) {
        return password.isEmpty() || password.length() > MOST_PASSWORD;
    }
}
