package dev.latchkey.login;

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
import dev.latchkey.page.LinkPage;
import dev.latchkey.page.Notice;
import dev.latchkey.page.PagePath;
import dev.latchkey.page.Pages;
import dev.latchkey.session.SessionMode;
import dev.latchkey.session.SessionWish;
import java.util.Optional;
import java.util.function.Function;

/**
 * The page that a mailed login link opens. GET shows a button, for mail scanners follow links; in another browser than the one
 * that asked it says where the code is to be typed.
 */
public final class LoginLinkPages {
    private static final SessionWish COOKIE = new SessionWish(SessionMode.COOKIE, false);

    private final Pages pages;
    private final MailLogin mails;
    private final SignInReplies replies;
    private final Function<SessionId, String> csrf;

    /** @param csrf the CSRF token of a session */
    public LoginLinkPages(Pages pages, MailLogin mails, SignInReplies replies, Function<SessionId, String> csrf) {
        this.pages = pages;
        this.mails = mails;
        this.replies = replies;
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
        String html = switch (mails.peek(token, request.cookie(Cookie.LOGIN))) {
            case HERE -> pages.loginLink(request.context().locale(), new LinkPage(token, csrf(request)));
            case ELSEWHERE -> pages.notice(request.context().locale(), Notice.LOGIN_LINK_ELSEWHERE, Optional.empty());
            case GONE -> pages.notice(request.context().locale(), Notice.LINK_NOT_VALID, Optional.empty());
        };
        // The address of this page holds a token, which must not travel on as a referrer.
        return Reply.page(200, html).withHeader("Referrer-Policy", "no-referrer");
    }

    private Reply signIn(Request request) {
        String token = request.form("token").orElseThrow(() -> Problem.of(ErrorCode.INVALID_LINK));
        LoginOutcome outcome = mails.byLink(token, request.cookie(Cookie.LOGIN), COOKIE, request.context());
        return switch (outcome) {
            case LoginOutcome.Opened opened -> signedIn(request, opened.signedIn());
            case LoginOutcome.Challenged ignored -> notice(request, Notice.SECOND_FACTOR_NEEDED);
            case LoginOutcome.MustEnrol ignored -> notice(request, Notice.SECOND_FACTOR_NEEDED);
        };
    }

    private Reply signedIn(Request request, SignedIn signedIn) {
        Reply reply = replies.reply(200, signedIn);
        String html = pages.notice(request.context().locale(), Notice.SIGNED_IN, Optional.empty());
        return new Reply(200, new Reply.Body.Page(html), reply.cookies(), reply.headers())
                .with(Cookie.remove(Cookie.LOGIN));
    }

    private Reply notice(Request request, Notice notice) {
        return Reply.page(200, pages.notice(request.context().locale(), notice, Optional.empty()));
    }

    private Optional<String> csrf(Request request) {
        return switch (request.principal()) {
            case Principal.Anonymous ignored -> Optional.empty();
            case Principal.SignedIn user ->
                user.credential() == CredentialKind.COOKIE ? Optional.of(csrf.apply(user.session())) : Optional.empty();
        };
    }
}
