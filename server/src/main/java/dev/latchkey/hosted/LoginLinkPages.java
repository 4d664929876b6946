package dev.latchkey.hosted;

import dev.latchkey.core.CredentialKind;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Principal;
import dev.latchkey.core.Problem;
import dev.latchkey.core.SessionId;
import dev.latchkey.http.Access;
import dev.latchkey.http.Cookie;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.limit.LimitPolicy;
import dev.latchkey.login.LoginOutcome;
import dev.latchkey.login.MailLogin;
import dev.latchkey.page.LinkPage;
import dev.latchkey.page.Notice;
import dev.latchkey.page.PagePath;
import dev.latchkey.page.Pages;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The page that a mailed login link opens. GET shows a button, for mail scanners follow links; in another browser than the one
 * that asked it says where the code is to be typed.
 */
public final class LoginLinkPages {
    private final Pages pages;
    private final Steps steps;
    private final MailLogin mails;
    private final Function<SessionId, String> csrf;

    /** @param csrf the CSRF token of a session */
    public LoginLinkPages(Pages pages, Steps steps, MailLogin mails, Function<SessionId, String> csrf) {
        this.pages = pages;
        this.steps = steps;
        this.mails = mails;
        this.csrf = csrf;
    }

    public void mount(Mount site) {
        site.get(PagePath.LOGIN_LINK.path(), Access.anyone(), this::show)
                .summary("Shows the button of a mailed login link.");
        site.post(PagePath.LOGIN_LINK.path(), Access.anyone(), this::signIn)
                .summary("Signs in with a mailed login link, in the browser that asked for it.")
                .limitedBy(LimitPolicy.LOGIN_ADDRESS);
    }

    private Reply show(Request request) {
        String token = request.query("token").orElse("");
        Locale locale = request.context().locale();
        String html = switch (mails.peek(token, request.cookie(Cookie.LOGIN))) {
            case HERE -> pages.loginLink(locale, new LinkPage(token, csrf(request)));
            case ELSEWHERE -> pages.notice(locale, Notice.LOGIN_LINK_ELSEWHERE);
            case GONE -> pages.notice(locale, Notice.LINK_NOT_VALID);
        };
        // The address of this page holds a token, which must not travel on as a referrer.
        return Reply.page(200, html).withHeader("Referrer-Policy", "no-referrer");
    }

    /** Goes on as after any other first proof: to a second factor, its enrolment, or where the login was to lead. */
    private Reply signIn(Request request) {
        String token = request.form("token").orElseThrow(() -> Problem.of(ErrorCode.INVALID_LINK));
        LoginOutcome outcome =
                mails.byLink(token, request.cookie(Cookie.LOGIN), Steps.wished(request), request.context());
        return steps.after(outcome, steps.remembered(request))
                .with(Cookie.remove(Cookie.RETURN))
                .with(Cookie.remove(Cookie.REMEMBER));
    }

    private Optional<String> csrf(Request request) {
        return switch (request.principal()) {
            case Principal.Anonymous ignored -> Optional.empty();
            case Principal.SignedIn user ->
                user.credential() == CredentialKind.COOKIE ? Optional.of(csrf.apply(user.session())) : Optional.empty();
        };
    }
}
