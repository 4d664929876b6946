package dev.latchkey.account;

import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Principal;
import dev.latchkey.core.Problem;
import dev.latchkey.core.SessionId;
import dev.latchkey.http.Access;
import dev.latchkey.http.Cookie;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Pagination;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.limit.LimitPolicy;
import dev.latchkey.user.UserView;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a signed-in user calls about themselves. */
public final class SelfServiceRoutes {
    private final ProfileFlow profile;
    private final SessionsFlow sessions;
    private final PasswordChange passwordChange;
    private final String sessionCookie;
    private final Class<?> signInAnswer;

    /**
     * @param sessionCookie the name of the cookie that logout removes
     * @param signInAnswer the record that a sign-in answers, for the API description
     */
    public SelfServiceRoutes(
            ProfileFlow profile,
            SessionsFlow sessions,
            PasswordChange passwordChange,
            String sessionCookie,
            Class<?> signInAnswer) {
        this.profile = profile;
        this.sessions = sessions;
        this.passwordChange = passwordChange;
        this.sessionCookie = sessionCookie;
        this.signInAnswer = signInAnswer;
    }

    public void mount(Mount auth) {
        auth.get("/me", Access.signedIn(), this::me)
                .summary("The signed-in user.")
                .answers(200, AccountAnswers.Me.class);
        auth.patch("/me", Access.signedIn(), this::change)
                .summary("Change the own profile. A new e-mail address is in force once its mailed link is used.")
                .accepts(ProfileChange.class)
                .refuses(ErrorCode.ACCOUNT_LOCKED)
                .answers(200, AccountAnswers.Me.class)
                .limitedBy(LimitPolicy.API, SelfServiceRoutes::userKey)
                .limitedBy(
                        LimitPolicy.RESET_EMAIL,
                        request -> wantedAddress(request)
                                .map(address -> "change-by|" + userKey(request))
                                .orElse(""))
                .limitedBy(
                        LimitPolicy.RESET_EMAIL,
                        request -> wantedAddress(request)
                                .map(address -> "change-to|" + address.folded())
                                .orElse(""));
        auth.delete("/me", Access.signedIn(), this::delete)
                .summary("Delete the own account for ever. Needs the current password.")
                .accepts(AccountRequests.DeleteAccount.class)
                .refuses(ErrorCode.CONFLICT, ErrorCode.ACCOUNT_LOCKED, ErrorCode.REAUTHENTICATION_REQUIRED)
                .answers(204, Void.class)
                .limitedBy(LimitPolicy.LOGIN, SelfServiceRoutes::userKey);
        auth.post("/change-password", Access.signedIn(), this::changePassword)
                .summary("Set another password. Ends every session; this one goes on under a new id and new tokens.")
                .accepts(AccountRequests.ChangePassword.class)
                .refuses(ErrorCode.ACCOUNT_LOCKED)
                .answers(200, signInAnswer)
                .limitedBy(LimitPolicy.LOGIN, SelfServiceRoutes::userKey);
        auth.get("/consents", Access.signedIn(), this::consents)
                .summary("Every recorded consent decision, newest first; the first of a kind is in force.")
                .answers(200, AccountAnswers.ConsentView[].class);
        auth.put("/consents", Access.signedIn(), this::recordConsents)
                .summary("Record consent decisions; what is absent stays as it was.")
                .accepts(ConsentsInput.class)
                .answers(200, AccountAnswers.ConsentView[].class);
        mountSessions(auth);
    }

    private void mountSessions(Mount auth) {
        auth.post("/logout", Access.signedIn(), this::logout)
                .summary("End the current session, or with all=true every session.")
                .takes("all", "true ends every session of the user.")
                .answers(204, Void.class);
        auth.get("/sessions", Access.signedIn(), this::list)
                .summary("The own live sessions, the one used last first.")
                .answers(200, AccountAnswers.SessionView[].class);
        auth.delete("/sessions", Access.signedIn(), this::endSessions)
                .summary("End every own session, this one too; or with except=current every other.")
                .takes("except", "current leaves the session of this call.")
                .answers(204, Void.class);
        auth.delete("/sessions/{id}", Access.signedIn(), this::revoke)
                .summary("End one own session.")
                .answers(204, Void.class);
    }

    private Reply me(Request request) {
        return Reply.ok(new AccountAnswers.Me(UserView.of(profile.me(request.user()))));
    }

    private Reply change(Request request) {
        ProfileChange body = request.body(ProfileChange.class);
        return Reply.ok(new AccountAnswers.Me(UserView.of(profile.change(request.user(), body, request.context()))));
    }

    private Reply delete(Request request) {
        String password = request.body(AccountRequests.DeleteAccount.class).password();
        profile.delete(request.user(), password, request.context());
        return Reply.noContent().with(Cookie.remove(sessionCookie));
    }

    private Reply changePassword(Request request) {
        AccountRequests.ChangePassword body = request.body(AccountRequests.ChangePassword.class);
        return passwordChange.change(request.user(), body.currentPassword(), body.newPassword(), request.context());
    }

    private Reply consents(Request request) {
        return Reply.ok(profile.consents(request.user()).stream()
                .map(AccountAnswers.ConsentView::of)
                .toList());
    }

    private Reply recordConsents(Request request) {
        ConsentsInput body = request.body(ConsentsInput.class);
        return Reply.ok(profile.recordConsents(request.user(), body, request.context()).stream()
                .map(AccountAnswers.ConsentView::of)
                .toList());
    }

    private Reply logout(Request request) {
        return loggedOut(request, request.query("all").map("true"::equals).orElse(false));
    }

    private Reply loggedOut(Request request, boolean everywhere) {
        sessions.logout(request.user(), everywhere, request.context());
        return Reply.noContent().with(Cookie.remove(sessionCookie));
    }

    private Reply endSessions(Request request) {
        Optional<String> except = request.query("except");
        if (except.isEmpty()) {
            return loggedOut(request, true);
        }
        if (except.filter("current"::equals).isEmpty()) {
            throw Problem.invalid("except", "unknown", "Only current can be left out.");
        }
        sessions.revokeOthers(request.user(), request.context());
        return Reply.noContent();
    }

    private Reply list(Request request) {
        Principal.SignedIn user = request.user();
        List<AccountAnswers.SessionView> views = sessions.list(user).stream()
                .map(session ->
                        AccountAnswers.SessionView.of(session, session.id().equals(user.session())))
                .toList();
        return Reply.list(
                views, new Pagination(1, Math.max(1, views.size()), OptionalLong.of(views.size()), Optional.empty()));
    }

    private Reply revoke(Request request) {
        SessionId session = SessionId.parse(request.path("id")).orElseThrow(() -> Problem.of(ErrorCode.NOT_FOUND));
        sessions.revoke(request.user(), session, request.context());
        Reply done = Reply.noContent();
        return session.equals(request.user().session()) ? done.with(Cookie.remove(sessionCookie)) : done;
    }

    /** Asking for an address mails its owner, who never asked for anything. */
    private static Optional<EmailAddress> wantedAddress(Request request) {
        return request.body(ProfileChange.class).address();
    }

    private static String userKey(Request request) {
        return request.user().user().value();
    }
}
