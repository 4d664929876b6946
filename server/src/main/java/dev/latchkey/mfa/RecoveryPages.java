package dev.latchkey.mfa;

import dev.latchkey.core.CredentialKind;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Principal;
import dev.latchkey.core.Problem;
import dev.latchkey.core.SessionId;
import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.page.LinkPage;
import dev.latchkey.page.Notice;
import dev.latchkey.page.PagePath;
import dev.latchkey.page.Pages;
import java.util.Optional;
import java.util.function.Function;

/** The page that the mail about a recovery links to: it stops the recovery, or completes it. GET does nothing. */
public final class RecoveryPages {
    private final Pages pages;
    private final RecoveryFlow recovery;
    private final Function<SessionId, String> csrf;

    /** @param csrf the CSRF token of a session */
    public RecoveryPages(Pages pages, RecoveryFlow recovery, Function<SessionId, String> csrf) {
        this.pages = pages;
        this.recovery = recovery;
        this.csrf = csrf;
    }

    public void mount(Mount site) {
        String path = PagePath.RECOVERY.path();
        site.get(path, Access.anyone(), this::show).summary("Shows what can be done about a recovery.");
        site.post(path, Access.anyone(), request -> {
                    recovery.complete(token(request), request.context());
                    return notice(request, Notice.FACTORS_RECOVERED);
                })
                .summary("Completes a recovery whose wait is over.");
        site.post(path + "/cancel", Access.anyone(), request -> {
                    recovery.cancel(token(request), request.context());
                    return notice(request, Notice.RECOVERY_STOPPED);
                })
                .summary("Stops a recovery.");
    }

    private Reply show(Request request) {
        LinkPage page = new LinkPage(request.query("token").orElse(""), csrf(request));
        // The address of this page holds a token, which must not travel on as a referrer.
        return Reply.page(200, pages.recovery(request.context().locale(), page))
                .withHeader("Referrer-Policy", "no-referrer");
    }

    private Reply notice(Request request, Notice notice) {
        return Reply.page(200, pages.notice(request.context().locale(), notice));
    }

    private static String token(Request request) {
        return request.form("token").orElseThrow(() -> Problem.of(ErrorCode.INVALID_LINK));
    }

    private Optional<String> csrf(Request request) {
        return switch (request.principal()) {
            case Principal.Anonymous ignored -> Optional.empty();
            case Principal.SignedIn user ->
                user.credential() == CredentialKind.COOKIE ? Optional.of(csrf.apply(user.session())) : Optional.empty();
        };
    }
}
