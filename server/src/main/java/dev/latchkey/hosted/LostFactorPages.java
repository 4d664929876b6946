package dev.latchkey.hosted;

import dev.latchkey.core.Principal;
import dev.latchkey.core.Problem;
import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.limit.LimitPolicy;
import dev.latchkey.mfa.RecoveryFlow;
import dev.latchkey.mfa.RecoveryRoutes;
import dev.latchkey.page.ActionPage;
import dev.latchkey.page.FormField;
import dev.latchkey.page.MessagePage;
import dev.latchkey.page.PageLink;
import dev.latchkey.page.PagePath;
import dev.latchkey.page.Pages;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The way on for a signed-in person who is asked for a second factor and has lost it. */
public final class LostFactorPages {
    static final String PATH = PagePath.ACCOUNT_CONFIRM.path() + "/lost";

    private static final String PASSWORD = "password";
    private static final int MOST_PASSWORD = 1024;

    private final Pages pages;
    private final AccountFrame frame;
    private final Steps steps;
    private final RecoveryFlow recovery;
    private final Predicate<Principal.SignedIn> lacksPassword;

    public LostFactorPages(
            Pages pages,
            AccountFrame frame,
            Steps steps,
            RecoveryFlow recovery,
            Predicate<Principal.SignedIn> lacksPassword) {
        this.pages = pages;
        this.frame = frame;
        this.steps = steps;
        this.recovery = recovery;
        this.lacksPassword = lacksPassword;
    }

    public void mount(Mount site) {
        site.get(PATH, Access.signedIn(), this::show)
                .summary("Tells a signed-in person who lost a second factor what they can do.")
                .takes(Steps.RETURN_TO, "Where to go on: a path here, or a page of a listed front end.");
        site.post(PATH, Access.signedIn(), this::begin)
                .summary("Begins a recovery, after the form's password.")
                .limitedBy(LimitPolicy.LOGIN, AccountFrame::userKey)
                .limitedBy(LimitPolicy.RESET_ADDRESS)
                .limitedBy(
                        LimitPolicy.RESET_EMAIL,
                        request ->
                                RecoveryRoutes.perAccount(request.user().user().value()));
    }

    private Reply show(Request request) {
        return lacksPassword.test(request.user()) ? FirstPasswordPages.instead() : frame.show(request, form(request));
    }

    private ActionPage form(Request request) {
        String returnTo = steps.returnTo(request);
        List<FormField> fields = List.of(FormField.password(PASSWORD, "password", "current-password"));
        return ActionPage.of(
                        frame.menu(request, PagePath.ACCOUNT_SECURITY),
                        "account.lost_factor",
                        Steps.at(PATH, returnTo),
                        fields)
                .leadingBackTo(Steps.at(PagePath.ACCOUNT_CONFIRM.path(), returnTo));
    }

    private Reply begin(Request request) {
        Principal.SignedIn user = AccountFrame.inBrowser(request);
        if (lacksPassword.test(user)) {
            return FirstPasswordPages.instead();
        }
        String password = AccountFrame.typed(request, PASSWORD);
        if (password.isEmpty() || password.length() > MOST_PASSWORD) {
            Problem missing =
                    Problem.invalid(List.of(frame.complaint(request, PASSWORD, "account_confirm.no_password")));
            return frame.again(request, form(request), missing, PASSWORD);
        }
        try {
            Locale locale = request.context().locale();
            String time = frame.time(request, recovery.request(user, password, request.context()));
            MessagePage sent = new MessagePage(
                    pages.text(locale, "mfa_lost.sent.title", Map.of()),
                    pages.text(locale, "mfa_lost.sent.text", Map.of("time", time)),
                    Optional.of(new PageLink(pages.text(locale, "onward.account", Map.of()), PagePath.ACCOUNT.path())));
            return Reply.page(200, pages.message(locale, sent));
        } catch (Problem refused) {
            return frame.again(request, form(request), refused, PASSWORD);
        }
    }
}
