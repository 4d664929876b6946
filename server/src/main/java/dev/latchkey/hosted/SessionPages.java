package dev.latchkey.hosted;

import dev.latchkey.account.SessionsFlow;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Principal;
import dev.latchkey.core.Problem;
import dev.latchkey.core.SessionId;
import dev.latchkey.http.Access;
import dev.latchkey.http.Cookie;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.mfa.TrustedBrowserFlow;
import dev.latchkey.page.ActionPage;
import dev.latchkey.page.PagePath;
import dev.latchkey.page.SessionsPage;
import dev.latchkey.session.DeviceName;
import dev.latchkey.session.Session;
import dev.latchkey.session.TrustedBrowser;
import java.util.List;
import java.util.Optional;

/** Where a person is signed in, the browsers that skip the second step, and the way out. */
public final class SessionPages {
    private final AccountFrame frame;
    private final Steps steps;
    private final SessionsFlow sessions;
    private final TrustedBrowserFlow trusted;

    public SessionPages(AccountFrame frame, Steps steps, SessionsFlow sessions, TrustedBrowserFlow trusted) {
        this.frame = frame;
        this.steps = steps;
        this.sessions = sessions;
        this.trusted = trusted;
    }

    public void mount(Mount site) {
        site.get(PagePath.ACCOUNT_SESSIONS.path(), Access.signedIn(), this::show)
                .summary("Where the person is signed in.");
        site.post(PagePath.ACCOUNT_SESSIONS.path(), Access.signedIn(), this::end)
                .summary("Ends one session, all others or all; or forgets browsers that skip the second step.");
        site.get(PagePath.LOGOUT.path(), Access.anyone(), this::askLogout)
                .summary("Asks whether to sign out.")
                .takes(Steps.RETURN_TO, "Where to go on: a path here, or a page of a listed front end.");
        site.post(PagePath.LOGOUT.path(), Access.anyone(), this::logout).summary("Signs out.");
    }

    private Reply show(Request request) {
        Principal.SignedIn user = request.user();
        List<SessionsPage.Entry> entries = sessions.list(user).stream()
                .map(session -> entry(request, session))
                .toList();
        List<SessionsPage.Trusted> browsers = trusted.list(user, request.context()).stream()
                .map(browser -> entry(request, browser))
                .toList();
        return frame.show(
                request,
                PagePath.ACCOUNT_SESSIONS,
                new SessionsPage(
                        frame.menu(request, PagePath.ACCOUNT_SESSIONS), Done.said(request), entries, browsers));
    }

    private SessionsPage.Trusted entry(Request request, TrustedBrowser browser) {
        return new SessionsPage.Trusted(
                browser.id(),
                browser.device(),
                frame.time(request, browser.since()),
                frame.time(request, browser.lastSeen()),
                frame.time(request, browser.until()),
                browser.current());
    }

    private SessionsPage.Entry entry(Request request, Session session) {
        return new SessionsPage.Entry(
                session.id().value(),
                DeviceName.of(session.userAgent()),
                session.ip(),
                frame.time(request, session.createdAt()),
                frame.time(request, session.lastActivity()),
                session.id().equals(request.user().session()));
    }

    private Reply end(Request request) {
        Optional<String> forgotten = request.form("forget");
        if (forgotten.isPresent()) {
            return forget(request, forgotten.get());
        }
        if (request.form("others").filter("true"::equals).isPresent()) {
            sessions.revokeOthers(request.user(), request.context());
            return Done.OTHER_SESSIONS.then(PagePath.ACCOUNT_SESSIONS);
        }
        if (request.form("all").filter("true"::equals).isPresent()) {
            sessions.logout(request.user(), true, request.context());
            return signedOut("");
        }
        Optional<SessionId> session = request.form("session").flatMap(SessionId::parse);
        if (session.filter(request.user().session()::equals).isPresent()) {
            sessions.logout(request.user(), false, request.context());
            return signedOut("");
        }
        try {
            sessions.revoke(
                    request.user(), session.orElseThrow(() -> Problem.of(ErrorCode.NOT_FOUND)), request.context());
        } catch (Problem refused) {
            if (refused.code() != ErrorCode.NOT_FOUND) {
                throw refused;
            }
            // It ended by itself or in another tab meanwhile: what was wanted is so.
        }
        return Done.SESSION.then(PagePath.ACCOUNT_SESSIONS);
    }

    private Reply forget(Request request, String browser) {
        if (browser.equals("all")) {
            trusted.forgetAll(request.user(), request.context());
            return Done.FORGOTTEN.then(PagePath.ACCOUNT_SESSIONS);
        }
        try {
            trusted.forget(request.user(), browser, request.context());
        } catch (Problem refused) {
            if (refused.code() != ErrorCode.NOT_FOUND) {
                throw refused;
            }
            // Its time was over, or it went in another tab: what was wanted is so.
        }
        return Done.FORGOTTEN.then(PagePath.ACCOUNT_SESSIONS);
    }

    private Reply askLogout(Request request) {
        if (!(request.principal() instanceof Principal.SignedIn)) {
            return signedOut(steps.returnTo(request));
        }
        String returnTo = steps.returnTo(request);
        ActionPage page = ActionPage.of(
                frame.menu(request, PagePath.ACCOUNT), "logout", Steps.at(PagePath.LOGOUT.path(), returnTo), List.of());
        return frame.show(request, page);
    }

    /** Whoever is signed out already, in another tab or by the clock, is where they wanted to be. */
    private Reply logout(Request request) {
        if (request.principal() instanceof Principal.SignedIn user) {
            sessions.logout(user, false, request.context());
        }
        return signedOut(steps.returnTo(request));
    }

    private static Reply signedOut(String returnTo) {
        String next = returnTo.isEmpty() ? PagePath.LOGIN.path() + "?signed_out=1" : returnTo;
        return Reply.seeOther(next).with(Cookie.remove(Cookie.SESSION));
    }
}
