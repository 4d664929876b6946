package dev.latchkey.hosted;

import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.FieldError;
import dev.latchkey.core.Principal;
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
import dev.latchkey.login.LoginFlow;
import dev.latchkey.login.MailLogin;
import dev.latchkey.login.Proof;
import dev.latchkey.otp.LoginCodes;
import dev.latchkey.page.CodePage;
import dev.latchkey.page.HumanForm;
import dev.latchkey.page.LoginPage;
import dev.latchkey.page.PagePath;
import dev.latchkey.page.Pages;
import dev.latchkey.page.SignedInPage;
import dev.latchkey.session.SessionMode;
import dev.latchkey.session.SessionWish;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Signing in by a form: with the password, or with a code that is mailed. */
public final class LoginPages {
    private static final int MOST_PASSWORD = 1024;

    private final Pages pages;
    private final AccountFrame frame;
    private final Steps steps;
    private final LoginFlow login;
    private final MailLogin mails;
    private final HumanService human;
    private final boolean passkeys;
    private final boolean signUp;

    /**
     * @param passkeys whether passkeys can be used at this address
     * @param signUp whether anyone may make an account here
     */
    public LoginPages(
            Pages pages,
            AccountFrame frame,
            Steps steps,
            LoginFlow login,
            MailLogin mails,
            HumanService human,
            boolean passkeys,
            boolean signUp) {
        this.pages = pages;
        this.frame = frame;
        this.steps = steps;
        this.login = login;
        this.mails = mails;
        this.human = human;
        this.passkeys = passkeys;
        this.signUp = signUp;
    }

    public void mount(Mount site) {
        site.get(PagePath.LOGIN.path(), Access.anyone(), this::show)
                .summary("The form that signs in.")
                .takes(Steps.RETURN_TO, "Where to go on: a path here, or a page of a listed front end.");
        site.post(PagePath.LOGIN.path(), Access.anyone(), this::signIn)
                .summary("Signs in with the form's password.")
                .fromOwnPages()
                .limitedBy(LimitPolicy.LOGIN, LoginPages::nameKey)
                .limitedBy(LimitPolicy.LOGIN_ADDRESS);
        site.post(PagePath.LOGIN_MAIL.path(), Access.anyone(), this::mail)
                .summary("Mails the form's address a code and a link to sign in with.")
                .fromOwnPages()
                .limitedBy(LimitPolicy.LOGIN_CODE_EMAIL, LoginPages::nameKey)
                .limitedBy(
                        LimitPolicy.LOGIN_CODE_MAILBOX,
                        request -> email(request).map(EmailAddress::folded).orElse(""))
                .limitedBy(LimitPolicy.LOGIN_CODE_ADDRESS);
        site.get(PagePath.LOGIN_CODE.path(), Access.anyone(), this::showCode).summary("The form for the mailed code.");
        site.post(PagePath.LOGIN_CODE.path(), Access.anyone(), this::code)
                .summary("Signs in with the mailed code.")
                .fromOwnPages()
                .limitedBy(LimitPolicy.LOGIN_ADDRESS);
    }

    private Reply show(Request request) {
        String returnTo = steps.returnTo(request);
        Locale locale = request.context().locale();
        // No redirect: a front end that sends everybody here would send them round in circles.
        if (request.principal() instanceof Principal.SignedIn) {
            SignedInPage page = new SignedInPage(frame.menu(request, PagePath.LOGIN), Steps.destination(returnTo));
            return Reply.page(200, pages.signedIn(locale, page));
        }
        LoginPage page =
                new LoginPage(returnTo, "", false, notice(request), List.of(), Optional.empty(), passkeys, signUp);
        return Reply.page(200, pages.show(locale, PagePath.LOGIN, page));
    }

    private static Optional<String> notice(Request request) {
        if (request.query("expired").isPresent()) {
            return Optional.of("login.expired");
        }
        if (request.query("deleted").isPresent()) {
            return Optional.of("login.deleted");
        }
        if (request.query("signed_out").isPresent()) {
            return Optional.of("login.signed_out");
        }
        return request.query("required").map(any -> "login.required");
    }

    private Reply signIn(Request request) {
        String password = request.form("password").orElse("");
        Optional<EmailAddress> email = email(request);
        if (email.isEmpty() || !isPassword(password)) {
            List<FieldError> missing = new ArrayList<>(missingEmail(request, email));
            if (!isPassword(password)) {
                missing.add(complaint(request, "password", "login.no_password"));
            }
            return again(request, Problem.invalid(missing));
        }
        try {
            Proof.Password proof = new Proof.Password(email.get(), password, humanAnswer(request));
            SessionWish wish = wish(request);
            return steps.after(login.login(proof, Optional.empty(), wish, request.context()), steps.returnTo(request));
        } catch (Problem refused) {
            return again(request, refused);
        }
    }

    private static boolean isPassword(String typed) {
        return !typed.isEmpty() && typed.length() <= MOST_PASSWORD;
    }

    private Reply mail(Request request) {
        Optional<EmailAddress> email = email(request);
        if (email.isEmpty()) {
            return again(request, Problem.invalid(missingEmail(request, email)));
        }
        try {
            human.enter(
                    new HumanEntry(
                            HumanPurpose.LOGIN_CODE, email.get().folded(), Optional.empty(), humanAnswer(request)),
                    request.context());
            String handle = mails.begin(email.get(), request.context());
            String next = PagePath.LOGIN_CODE.path() + (remembers(request) ? "?remember=true" : "");
            return Reply.seeOther(Steps.at(next, steps.returnTo(request)))
                    .with(new Cookie(Cookie.LOGIN, handle, Optional.of(LoginCodes.LIFETIME)))
                    .with(Steps.remembering(steps.returnTo(request)))
                    .with(Steps.remembering(remembers(request)));
        } catch (Problem refused) {
            return again(request, refused);
        }
    }

    private Reply showCode(Request request) {
        String returnTo = steps.returnTo(request);
        return request.cookie(Cookie.LOGIN).isEmpty()
                ? steps.expired(returnTo)
                : Reply.page(200, codePage(request, List.of()));
    }

    private Reply code(Request request) {
        String returnTo = steps.returnTo(request);
        String code = request.form("code").orElse("");
        if (request.cookie(Cookie.LOGIN).isEmpty()) {
            return steps.expired(returnTo);
        }
        if (code.isBlank()) {
            return Reply.page(422, codePage(request, List.of(complaint(request, "code", "login_code.no_code"))));
        }
        try {
            return steps.after(mails.byCode(Steps.handle(request), code, wish(request), request.context()), returnTo);
        } catch (Problem refused) {
            return Steps.refused(refused, codePage(request, Steps.complaints(refused, "code")));
        }
    }

    private String codePage(Request request, List<FieldError> errors) {
        CodePage page = new CodePage(steps.returnTo(request), remembers(request), errors);
        return pages.show(request.context().locale(), PagePath.LOGIN_CODE, page);
    }

    private Reply again(Request request, Problem refused) {
        return again(request, refused, "password");
    }

    /** The form once more, with what was refused. */
    Reply again(Request request, Problem refused, String field) {
        LoginPage page = new LoginPage(
                steps.returnTo(request),
                request.form("email").orElse(""),
                remembers(request),
                Optional.empty(),
                Steps.complaints(refused, field),
                HumanForm.of(refused.challenge()),
                passkeys,
                signUp);
        return Steps.refused(refused, pages.show(request.context().locale(), PagePath.LOGIN, page));
    }

    private List<FieldError> missingEmail(Request request, Optional<EmailAddress> email) {
        return email.isPresent() ? List.of() : List.of(complaint(request, "email", "login.no_email"));
    }

    private FieldError complaint(Request request, String field, String key) {
        return new FieldError(field, key, pages.text(request.context().locale(), key, Map.of()));
    }

    /** Hosted checks put their answer into a field of their own. */
    static Optional<String> humanAnswer(Request request) {
        return request.form(HumanService.FIELD)
                .or(() -> request.form("h-captcha-response"))
                .or(() -> request.form("g-recaptcha-response"));
    }

    private static boolean remembers(Request request) {
        return request.form("remember")
                .or(() -> request.query("remember"))
                .filter("true"::equals)
                .isPresent();
    }

    static SessionWish wish(Request request) {
        return new SessionWish(SessionMode.COOKIE, remembers(request));
    }

    static Optional<EmailAddress> email(Request request) {
        return request.form("email").flatMap(EmailAddress::parse);
    }

    /** Nobody's where no password can be right: names are easily invented, and each takes room where calls are counted. */
    private static String nameKey(Request request) {
        return email(request)
                .filter(email -> isPassword(request.form("password").orElse("")))
                .map(email -> request.context().address().limitKey() + "|" + email.folded())
                .orElse("");
    }
}
