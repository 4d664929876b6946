package dev.latchkey.hosted;

import dev.latchkey.account.EmailVerification;
import dev.latchkey.account.MailPurpose;
import dev.latchkey.account.PasswordRecovery;
import dev.latchkey.account.RegisterRequest;
import dev.latchkey.account.Registration;
import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.FieldError;
import dev.latchkey.core.Problem;
import dev.latchkey.http.Access;
import dev.latchkey.http.Cookie;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.human.HumanEntry;
import dev.latchkey.human.HumanPurpose;
import dev.latchkey.human.HumanService;
import dev.latchkey.limit.LimitPolicy;
import dev.latchkey.page.ForgotPage;
import dev.latchkey.page.HumanForm;
import dev.latchkey.page.MessagePage;
import dev.latchkey.page.PageLink;
import dev.latchkey.page.PagePath;
import dev.latchkey.page.Pages;
import dev.latchkey.page.SignUpPage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Making an account by a form, and asking for links: to a new password, or to confirm the address. */
public final class SignUpPages {
    private static final int CREATED = 201;

    private final Pages pages;
    private final Steps steps;
    private final Registration registration;
    private final PasswordRecovery recovery;
    private final EmailVerification verification;
    private final HumanService human;
    private final List<String> consents;

    /** @param consents the names of those without which nobody can sign up */
    public SignUpPages(
            Pages pages,
            Steps steps,
            Registration registration,
            PasswordRecovery recovery,
            EmailVerification verification,
            HumanService human,
            Set<String> consents) {
        this.pages = pages;
        this.steps = steps;
        this.registration = registration;
        this.recovery = recovery;
        this.verification = verification;
        this.human = human;
        this.consents = consents.stream().sorted().toList();
    }

    public void mount(Mount site) {
        site.get(PagePath.SIGN_UP.path(), Access.anyone(), request -> shown(request, 200, List.of(), Optional.empty()))
                .summary("The form that makes an account.");
        site.post(PagePath.SIGN_UP.path(), Access.anyone(), this::signUp)
                .summary("Makes the account of the form.")
                .fromOwnPages()
                .limitedBy(LimitPolicy.REGISTER)
                .limitedBy(
                        LimitPolicy.RESET_EMAIL,
                        request -> registration.answersByMail()
                                ? LoginPages.email(request)
                                        .map(MailPurpose.SIGN_UP::limitKey)
                                        .orElse("")
                                : "");
        site.get(
                        PagePath.FORGOT.path(),
                        Access.anyone(),
                        request -> Reply.page(200, forgotPage(request, List.of(), Optional.empty())))
                .summary("The form that asks for a link to a new password.")
                .takes(Steps.RETURN_TO, "Where to go on: a path here, or a page of a listed front end.");
        site.post(PagePath.FORGOT.path(), Access.anyone(), this::forgot)
                .summary("Mails a link to a new password. The answer is the same whether or not the account exists.")
                .fromOwnPages()
                .limitedBy(LimitPolicy.RESET_ADDRESS)
                .limitedBy(
                        LimitPolicy.RESET_EMAIL,
                        request -> LoginPages.email(request)
                                .map(MailPurpose.NEW_PASSWORD::limitKey)
                                .orElse(""));
        site.get(
                        PagePath.VERIFY_EMAIL_AGAIN.path(),
                        Access.anyone(),
                        request -> Reply.page(200, againPage(request, List.of(), Optional.empty())))
                .summary("The form that asks for a new link to confirm an address.");
        site.post(PagePath.VERIFY_EMAIL_AGAIN.path(), Access.anyone(), this::verifyAgain)
                .summary("Mails a new link to confirm an address. The answer is the same whether or not one was due.")
                .fromOwnPages()
                .limitedBy(LimitPolicy.RESET_ADDRESS)
                .limitedBy(
                        LimitPolicy.RESET_EMAIL,
                        request -> LoginPages.email(request)
                                .map(MailPurpose.VERIFICATION::limitKey)
                                .orElse(""));
    }

    private Reply signUp(Request request) {
        Optional<EmailAddress> email = LoginPages.email(request);
        if (email.isEmpty()) {
            return shown(request, 422, List.of(complaint(request, "email", "login.no_email")), Optional.empty());
        }
        if (request.form("password").orElse("").isEmpty()) {
            List<FieldError> errors = List.of(complaint(request, "password", "sign_up.no_password"));
            return shown(request, 422, errors, Optional.empty());
        }
        try {
            enter(request, HumanPurpose.REGISTER, email.get());
            Reply made = registration.register(form(request, email.get()), request.context());
            return made.status() == CREATED ? signedIn(request, made) : sent(request, "sign_up.sent");
        } catch (Problem refused) {
            List<FieldError> errors = Steps.complaints(refused, "email");
            return Steps.refused(refused, page(request, errors, HumanForm.of(refused.challenge())));
        }
    }

    private RegisterRequest form(Request request, EmailAddress email) {
        Set<String> given = consents.stream()
                .filter(name ->
                        request.form("consents." + name).filter("true"::equals).isPresent())
                .collect(Collectors.toUnmodifiableSet());
        return RegisterRequest.ofForm(
                email.asTyped(),
                request.form("password").orElse(""),
                request.form("name").filter(name -> !name.isBlank()),
                request.context().locale().toLanguageTag(),
                given,
                LoginPages.humanAnswer(request));
    }

    private Reply signedIn(Request request, Reply made) {
        Reply onward = Reply.seeOther(steps.afterSignUp(steps.returnTo(request)));
        for (Cookie cookie : made.cookies()) {
            onward = onward.with(cookie);
        }
        return onward;
    }

    private Reply forgot(Request request) {
        Optional<EmailAddress> email = LoginPages.email(request);
        if (email.isEmpty()) {
            List<FieldError> errors = List.of(complaint(request, "email", "login.no_email"));
            return Reply.page(422, forgotPage(request, errors, Optional.empty()));
        }
        try {
            enter(request, HumanPurpose.FORGOT_PASSWORD, email.get());
            recovery.forgot(email.get(), request.context());
            return sent(request, "forgot.sent");
        } catch (Problem refused) {
            List<FieldError> errors = Steps.complaints(refused, "email");
            return Steps.refused(refused, forgotPage(request, errors, HumanForm.of(refused.challenge())));
        }
    }

    private void enter(Request request, HumanPurpose purpose, EmailAddress email) {
        human.enter(
                new HumanEntry(purpose, email.folded(), Optional.empty(), LoginPages.humanAnswer(request)),
                request.context());
    }

    private Reply sent(Request request, String key) {
        Locale locale = request.context().locale();
        MessagePage page = new MessagePage(
                pages.text(locale, key + ".title", Map.of()),
                pages.text(locale, key + ".text", Map.of()),
                Optional.of(new PageLink(
                        pages.text(locale, "login.title", Map.of()),
                        Steps.at(PagePath.LOGIN.path(), steps.returnTo(request)))));
        return Reply.page(200, pages.message(locale, page));
    }

    private Reply shown(Request request, int status, List<FieldError> errors, Optional<HumanForm> check) {
        return Reply.page(status, page(request, errors, check));
    }

    private String page(Request request, List<FieldError> errors, Optional<HumanForm> check) {
        SignUpPage page = new SignUpPage(
                steps.returnTo(request),
                request.form("email").orElse(""),
                request.form("name").orElse(""),
                consents,
                errors,
                check);
        return pages.show(request.context().locale(), PagePath.SIGN_UP, page);
    }

    private Reply verifyAgain(Request request) {
        Optional<EmailAddress> email = LoginPages.email(request);
        if (email.isEmpty()) {
            List<FieldError> errors = List.of(complaint(request, "email", "login.no_email"));
            return Reply.page(422, againPage(request, errors, Optional.empty()));
        }
        try {
            enter(request, HumanPurpose.RESEND_VERIFICATION, email.get());
            verification.resend(email.get(), request.context());
            return sent(request, "verify_email_again.sent");
        } catch (Problem refused) {
            List<FieldError> errors = Steps.complaints(refused, "email");
            return Steps.refused(refused, againPage(request, errors, HumanForm.of(refused.challenge())));
        }
    }

    private String againPage(Request request, List<FieldError> errors, Optional<HumanForm> check) {
        ForgotPage page =
                new ForgotPage(steps.returnTo(request), request.form("email").orElse(""), errors, check);
        return pages.show(request.context().locale(), PagePath.VERIFY_EMAIL_AGAIN, page);
    }

    private String forgotPage(Request request, List<FieldError> errors, Optional<HumanForm> check) {
        ForgotPage page =
                new ForgotPage(steps.returnTo(request), request.form("email").orElse(""), errors, check);
        return pages.show(request.context().locale(), PagePath.FORGOT, page);
    }

    private FieldError complaint(Request request, String field, String key) {
        return new FieldError(field, key, pages.text(request.context().locale(), key, Map.of()));
    }
}
