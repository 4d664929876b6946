package dev.latchkey.hosted;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.FieldError;
import dev.latchkey.core.Problem;
import dev.latchkey.core.Validation;
import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.limit.LimitPolicy;
import dev.latchkey.login.Attempt;
import dev.latchkey.login.Factor;
import dev.latchkey.login.LoginFlow;
import dev.latchkey.login.LoginOutcome;
import dev.latchkey.mfa.TotpEnrolment;
import dev.latchkey.page.BackupCodesPage;
import dev.latchkey.page.EnrolmentPage;
import dev.latchkey.page.PageLink;
import dev.latchkey.page.PagePath;
import dev.latchkey.page.Pages;
import dev.latchkey.totp.TotpDevice;
import dev.latchkey.totp.TotpSetup;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Sets an authenticator app up in a login that cannot go on without a second factor. */
public final class EnrolmentPages {
    private final Pages pages;
    private final Steps steps;
    private final LoginFlow login;
    private final TotpEnrolment enrolment;
    private final boolean passkeys;

    /** @param passkeys whether passkeys can be used at this address */
    public EnrolmentPages(Pages pages, Steps steps, LoginFlow login, TotpEnrolment enrolment, boolean passkeys) {
        this.pages = pages;
        this.steps = steps;
        this.login = login;
        this.enrolment = enrolment;
        this.passkeys = passkeys;
    }

    public void mount(Mount site) {
        site.get(PagePath.MFA_ENROLMENT.path(), Access.anyone(), this::show)
                .summary("The form that sets an authenticator app up in a login.");
        site.post(PagePath.MFA_ENROLMENT.path(), Access.anyone(), this::enable)
                .summary("Finishes the setup with the app's first code, and the login with it.")
                .fromOwnPages()
                .limitedBy(LimitPolicy.MFA, request -> MfaPages.accountKey(login, request));
    }

    private Reply show(Request request) {
        String returnTo = steps.returnTo(request);
        Optional<LoginOutcome> standing = steps.standing(request);
        if (standing.isEmpty()) {
            return steps.expired(returnTo);
        }
        if (!(standing.get() instanceof LoginOutcome.MustEnrol)) {
            return steps.after(standing.get(), returnTo);
        }
        try {
            TotpEnrolment.Owner owner = owner(attempt(request));
            return Reply.page(200, page(request, enrolment.begin(owner, unnamed(pages, request)), List.of()));
        } catch (Problem refused) {
            return expiredOr(refused, returnTo);
        }
    }

    /** The form once more, after a passkey that was refused. */
    Reply again(Request request, Problem refused) {
        TotpEnrolment.Owner owner = owner(attempt(request));
        return Steps.refused(
                refused,
                page(
                        request,
                        enrolment.begin(owner, unnamed(pages, request)),
                        Steps.complaints(refused, PasskeyForm.FIELD)));
    }

    private Reply enable(Request request) {
        String returnTo = steps.returnTo(request);
        if (steps.standing(request)
                .filter(LoginOutcome.MustEnrol.class::isInstance)
                .isEmpty()) {
            return show(request);
        }
        try {
            TotpEnrolment.Owner owner = owner(attempt(request));
            List<String> codes;
            try {
                codes = enrolment.enable(owner, AccountFrame.typed(request, "code"), name(request), request.context());
            } catch (Problem refused) {
                return refused.code() == ErrorCode.LOGIN_EXPIRED || refused.code() == ErrorCode.TOKEN_REVOKED
                        ? steps.expired(returnTo)
                        : again(request, owner, refused);
            }
            return finished(request, Factor.TOTP, codes, returnTo);
        } catch (Problem refused) {
            return expiredOr(refused, returnTo);
        }
    }

    /** The end of the login, after the backup codes that the account's first factor brought. */
    Reply finished(Request request, Factor factor, List<String> codes, String returnTo) {
        LoginOutcome outcome = login.enrolled(Steps.handle(request), factor, request.context());
        if (!(outcome instanceof LoginOutcome.Opened opened) || codes.isEmpty()) {
            return steps.after(outcome, returnTo);
        }
        Locale locale = request.context().locale();
        PageLink onward =
                new PageLink(pages.text(locale, "backup_codes.onward", Map.of()), Steps.destination(returnTo));
        // Shown in the answer itself: nothing keeps them for another request.
        return steps.signedIn(
                opened.signedIn(), Reply.page(200, pages.backupCodes(locale, new BackupCodesPage(codes, onward))));
    }

    private Reply again(Request request, TotpEnrolment.Owner owner, Problem refused) {
        Optional<TotpSetup> same =
                enrolment.again(owner.user(), request.form("secret").orElse(""));
        if (same.isPresent()) {
            return Steps.refused(refused, page(request, same.get(), Steps.complaints(refused, "code")));
        }
        String message = pages.text(request.context().locale(), "mfa_enrolment.anew", Map.of());
        List<FieldError> errors = List.of(new FieldError("code", "anew", message));
        return Steps.refused(refused, page(request, enrolment.begin(owner, unnamed(pages, request)), errors));
    }

    private String page(Request request, TotpSetup setup, List<FieldError> errors) {
        EnrolmentPage page = new EnrolmentPage(
                steps.returnTo(request),
                Optional.empty(),
                setup.qrCode().svg(),
                setup.secret(),
                String.join(" ", setup.groups()),
                AccountFrame.typed(request, "name"),
                passkeys,
                errors);
        return pages.show(request.context().locale(), PagePath.MFA_ENROLMENT, page);
    }

    /** What an app is called that nobody gave a name, in the language of whoever sets it up. */
    static String unnamed(Pages pages, Request request) {
        return pages.text(request.context().locale(), "authenticator.unnamed", Map.of());
    }

    /**
     * The form's name for the app, where there is one.
     *
     * @throws Problem VALIDATION_ERROR
     */
    static Optional<String> name(Request request) {
        Validation check = new Validation();
        Optional<String> name = check.optionalText(
                "name", request.form("name").filter(typed -> !typed.isBlank()).orElse(null), TotpDevice.MAX_NAME);
        check.done();
        return name;
    }

    private static TotpEnrolment.Owner owner(Attempt attempt) {
        return TotpEnrolment.Owner.signingIn(attempt.user().orElseThrow(), attempt.epoch());
    }

    private Attempt attempt(Request request) {
        return login.enrolling(Steps.handle(request), request.context());
    }

    private Reply expiredOr(Problem refused, String returnTo) {
        if (refused.code() == ErrorCode.LOGIN_EXPIRED || refused.code() == ErrorCode.INVALID_CREDENTIALS) {
            return steps.expired(returnTo);
        }
        throw refused;
    }
}
