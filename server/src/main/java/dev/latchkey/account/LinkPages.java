package dev.latchkey.account;

import dev.latchkey.core.CredentialKind;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.FieldError;
import dev.latchkey.core.Principal;
import dev.latchkey.core.Problem;
import dev.latchkey.core.SessionId;
import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.page.LinkPage;
import dev.latchkey.page.MessagePage;
import dev.latchkey.page.Notice;
import dev.latchkey.page.PageLink;
import dev.latchkey.page.PagePath;
import dev.latchkey.page.Pages;
import dev.latchkey.page.ResetPasswordPage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The pages that mailed links open. GET only shows a button: mail scanners follow links; POST acts, once. */
public final class LinkPages {
    private final Pages pages;
    private final EmailVerification verification;
    private final PasswordRecovery recovery;
    private final Disavowal disavowal;
    private final Function<SessionId, String> csrf;

    public LinkPages(
            Pages pages,
            EmailVerification verification,
            PasswordRecovery recovery,
            Disavowal disavowal,
            Function<SessionId, String> csrf) {
        this.pages = pages;
        this.verification = verification;
        this.recovery = recovery;
        this.disavowal = disavowal;
        this.csrf = csrf;
    }

    public void mount(Mount site) {
        link(
                site,
                PagePath.VERIFY_EMAIL,
                (request, page) -> pages.verifyEmail(request.context().locale(), page),
                this::verified);
        link(
                site,
                PagePath.NOT_ME,
                (request, page) -> pages.notMe(request.context().locale(), page),
                (request, token) -> {
                    disavowal.disown(token, request.context());
                    return notice(request, Notice.ACCOUNT_SECURED);
                });
        link(
                site,
                PagePath.UNLOCK_ACCOUNT,
                (request, page) -> pages.unlockAccount(request.context().locale(), page),
                (request, token) -> {
                    disavowal.unlock(token, request.context());
                    return notice(request, Notice.ACCOUNT_UNLOCKED);
                });
        site.get(PagePath.RESET_PASSWORD.path(), Access.anyone(), this::showReset)
                .summary("The form for a new password.");
        site.post(PagePath.RESET_PASSWORD.path(), Access.anyone(), this::postReset)
                .summary("Sets the new password of the form.");
    }

    private void link(
            Mount site,
            PagePath path,
            BiFunction<Request, LinkPage, String> page,
            BiFunction<Request, String, Reply> act) {
        site.get(path.path(), Access.anyone(), request -> shown(200, page.apply(request, linkPage(request))))
                .summary("Shows what the mailed link does, with a button that does it.");
        site.post(
                        path.path(),
                        Access.anyone(),
                        request -> act.apply(
                                request, request.form("token").orElseThrow(() -> Problem.of(ErrorCode.INVALID_LINK))))
                .summary("Spends the mailed link.");
    }

    private Reply verified(Request request, String token) {
        return verification
                .verify(token, request.principal(), request.context())
                .resetToken()
                .map(reset -> claimed(request, reset))
                .orElseGet(() -> notice(request, Notice.EMAIL_VERIFIED));
    }

    private Reply claimed(Request request, String resetToken) {
        Locale locale = request.context().locale();
        PageLink onward = new PageLink(
                pages.text(locale, "reset_password.title", Map.of()),
                PagePath.RESET_PASSWORD.path() + "?token=" + resetToken);
        MessagePage page = new MessagePage(
                pages.text(locale, "verify_email.claimed.title", Map.of()),
                pages.text(locale, "verify_email.claimed.text", Map.of()),
                Optional.of(onward));
        return shown(200, pages.message(locale, page));
    }

    private Reply showReset(Request request) {
        String token = request.query("token").orElse("");
        return shown(200, resetPage(request, token, List.of()));
    }

    private Reply postReset(Request request) {
        String token = request.form("token").orElse("");
        String password = request.form("newPassword").orElse("");
        if (password.isEmpty()) {
            return again(request, token, List.of(new FieldError("newPassword", "no_password", "Type a new password.")));
        }
        if (!password.equals(request.form("repeatPassword").orElse(""))) {
            return again(
                    request,
                    token,
                    List.of(new FieldError("repeatPassword", "differs", "The two passwords are not the same.")));
        }
        try {
            recovery.reset(token, "newPassword", password, request.context());
        } catch (Problem refused) {
            if (refused.code() != ErrorCode.VALIDATION_ERROR) {
                throw refused;
            }
            return again(request, token, refused.details());
        }
        return notice(request, Notice.PASSWORD_RESET);
    }

    private Reply again(Request request, String token, List<FieldError> errors) {
        return shown(422, resetPage(request, token, errors));
    }

    /** The address of these pages holds a token, which must not travel on as a referrer. */
    private static Reply shown(int status, String html) {
        return Reply.page(status, html).withHeader("Referrer-Policy", "no-referrer");
    }

    private String resetPage(Request request, String token, List<FieldError> errors) {
        return pages.resetPassword(request.context().locale(), new ResetPasswordPage(token, csrf(request), errors));
    }

    private LinkPage linkPage(Request request) {
        return new LinkPage(request.query("token").orElse(""), csrf(request));
    }

    private Reply notice(Request request, Notice notice) {
        return Reply.page(200, pages.notice(request.context().locale(), notice));
    }

    private Optional<String> csrf(Request request) {
        return switch (request.principal()) {
            case Principal.Anonymous ignored -> Optional.empty();
            case Principal.SignedIn user ->
                user.credential() == CredentialKind.COOKIE ? Optional.of(csrf.apply(user.session())) : Optional.empty();
        };
    }
}
