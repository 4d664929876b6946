package dev.latchkey.hosted;

import dev.latchkey.account.ProfileChange;
import dev.latchkey.account.ProfileFlow;
import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.FieldError;
import dev.latchkey.core.Problem;
import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.limit.LimitPolicy;
import dev.latchkey.page.AccountPage;
import dev.latchkey.page.ActionPage;
import dev.latchkey.page.FormField;
import dev.latchkey.page.PagePath;
import dev.latchkey.page.Pages;
import dev.latchkey.user.Profile;
import dev.latchkey.user.User;
import java.util.List;
import java.util.Optional;

/** The own profile and address. */
public final class AccountPages {
    private static final String EMAIL = PagePath.ACCOUNT.path() + "/email";

    private final Pages pages;
    private final AccountFrame frame;
    private final ProfileFlow profile;

    public AccountPages(Pages pages, AccountFrame frame, ProfileFlow profile) {
        this.pages = pages;
        this.frame = frame;
        this.profile = profile;
    }

    public void mount(Mount site) {
        site.get(PagePath.ACCOUNT.path(), Access.signedIn(), this::show).summary("The own profile.");
        site.post(PagePath.ACCOUNT.path(), Access.signedIn(), this::change)
                .summary("Changes the own profile as the form says.");
        site.get(EMAIL, Access.recent(), this::showEmail).summary("The form for another e-mail address.");
        site.post(EMAIL, Access.recent(), this::changeEmail)
                .comingBackTo(frame.forms().keeping(request -> EMAIL, "email"))
                .summary("Mails the form's address a link; it is in force once that is used.")
                .limitedBy(LimitPolicy.API, AccountFrame::userKey)
                .limitedBy(LimitPolicy.RESET_EMAIL, AccountPages::byKey)
                .limitedBy(LimitPolicy.RESET_EMAIL, AccountPages::toKey);
    }

    private Reply show(Request request) {
        User user = profile.me(request.user());
        Profile saved = user.profile();
        return Reply.page(
                200,
                page(
                        request,
                        user,
                        saved.name().orElse(""),
                        saved.picture().orElse(""),
                        saved.locale().orElse(""),
                        List.of()));
    }

    private Reply change(Request request) {
        String name = AccountFrame.typed(request, "name");
        String picture = AccountFrame.typed(request, "picture");
        String locale = AccountFrame.typed(request, "locale");
        try {
            profile.change(request.user(), ProfileChange.ofForm(name, picture, locale), request.context());
            return Done.PROFILE.then(PagePath.ACCOUNT);
        } catch (Problem refused) {
            List<FieldError> errors = Steps.complaints(refused, "name");
            User user = profile.me(request.user());
            return Steps.refused(refused, page(request, user, name, picture, locale, errors));
        }
    }

    private String page(
            Request request, User user, String name, String picture, String locale, List<FieldError> errors) {
        AccountPage page = new AccountPage(
                frame.menu(request, PagePath.ACCOUNT),
                Done.said(request),
                user.email().asTyped(),
                user.emailVerified(),
                user.pendingEmail().map(EmailAddress::asTyped),
                name,
                picture,
                locale,
                errors);
        return pages.show(request.context().locale(), PagePath.ACCOUNT, page);
    }

    private Reply showEmail(Request request) {
        profile.requireTwoFactors(request.user());
        String typed = frame.forms().take(request, EMAIL).getOrDefault("email", "");
        return frame.show(request, emailForm(request, typed));
    }

    private ActionPage emailForm(Request request, String typed) {
        FormField address = FormField.email("email", "account.email.new", typed);
        return ActionPage.of(frame.menu(request, PagePath.ACCOUNT), "account.change_email", EMAIL, List.of(address));
    }

    private Reply changeEmail(Request request) {
        String typed = AccountFrame.typed(request, "email");
        if (LoginPages.email(request).isEmpty()) {
            Problem missing = Problem.invalid(List.of(frame.complaint(request, "email", "login.no_email")));
            return frame.again(request, emailForm(request, typed), missing, "email");
        }
        try {
            ProfileChange change = ProfileChange.ofAddress(typed);
            profile.change(request.user(), change, request.context());
            return Done.EMAIL.then(PagePath.ACCOUNT);
        } catch (Problem refused) {
            return frame.again(request, emailForm(request, typed), refused, "email");
        }
    }

    /** Asking for an address mails its owner, who never asked for anything: counted with the calls of programs. */
    private static String byKey(Request request) {
        return "change-by|" + AccountFrame.userKey(request);
    }

    private static String toKey(Request request) {
        Optional<EmailAddress> wanted = LoginPages.email(request);
        return wanted.map(address -> "change-to|" + address.folded()).orElse("");
    }
}
