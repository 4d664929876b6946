package dev.latchkey.hosted;

import dev.latchkey.core.FieldError;
import dev.latchkey.core.Problem;
import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.limit.LimitPolicy;
import dev.latchkey.mfa.TotpEnrolment;
import dev.latchkey.page.AccountMenu;
import dev.latchkey.page.AuthenticatorPage;
import dev.latchkey.page.EnrolmentPage;
import dev.latchkey.page.PagePath;
import dev.latchkey.page.Pages;
import dev.latchkey.totp.TotpSetup;
import java.util.List;
import java.util.Optional;

/** Adds an authenticator app to the own account. */
public final class AuthenticatorPages {
    private final Pages pages;
    private final AccountFrame frame;
    private final Steps steps;
    private final TotpEnrolment enrolment;

    public AuthenticatorPages(Pages pages, AccountFrame frame, Steps steps, TotpEnrolment enrolment) {
        this.pages = pages;
        this.frame = frame;
        this.steps = steps;
        this.enrolment = enrolment;
    }

    public void mount(Mount site) {
        String path = PagePath.ACCOUNT_AUTHENTICATOR.path();
        site.get(path, Access.recent(), request -> Reply.page(200, page(request, begun(request), List.of())))
                .summary("The form that adds an authenticator app.")
                .takes(Steps.RETURN_TO, "Where to go on: a path here, or a page of a listed front end.");
        site.post(path, Access.recent(), this::enable)
                .summary("Finishes the setup with the app's first code.")
                .limitedBy(LimitPolicy.MFA, AccountFrame::userKey);
    }

    private TotpSetup begun(Request request) {
        return enrolment.begin(TotpEnrolment.Owner.signedIn(request.user()), EnrolmentPages.unnamed(pages, request));
    }

    private Reply enable(Request request) {
        TotpEnrolment.Owner owner = TotpEnrolment.Owner.signedIn(request.user());
        List<String> codes;
        try {
            codes = enrolment.enable(
                    owner, AccountFrame.typed(request, "code"), EnrolmentPages.name(request), request.context());
        } catch (Problem refused) {
            return again(request, refused);
        }
        return codes.isEmpty()
                ? Done.AUTHENTICATOR_ADDED.then(PagePath.ACCOUNT_SECURITY, steps.returnTo(request))
                : frame.showCodes(request, codes, Done.AUTHENTICATOR_ADDED, steps.returnTo(request));
    }

    private Reply again(Request request, Problem refused) {
        List<FieldError> errors = Steps.complaints(refused, "code");
        Optional<TotpSetup> same = enrolment.again(request.user().user(), AccountFrame.typed(request, "secret"));
        if (same.isPresent()) {
            return Steps.refused(refused, page(request, same.get(), errors));
        }
        List<FieldError> anew = List.of(frame.complaint(request, "code", "mfa_enrolment.anew"));
        return Steps.refused(refused, page(request, begun(request), anew));
    }

    private String page(Request request, TotpSetup setup, List<FieldError> errors) {
        AccountMenu menu = frame.menu(request, PagePath.ACCOUNT_SECURITY);
        EnrolmentPage form = new EnrolmentPage(
                steps.returnTo(request),
                Optional.of(menu.csrf()),
                setup.qrCode().svg(),
                setup.secret(),
                String.join(" ", setup.groups()),
                AccountFrame.typed(request, "name"),
                errors);
        return pages.show(
                request.context().locale(), PagePath.ACCOUNT_AUTHENTICATOR, new AuthenticatorPage(menu, form));
    }
}
