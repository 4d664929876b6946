package dev.latchkey.login;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Validation;
import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.limit.LimitPolicy;
import org.jspecify.annotations.Nullable;

/** The routes that create or raise a session. */
public final class LoginRoutes {
    private final LoginFlow login;
    private final Reauthentication reauthentication;
    private final SignInReplies replies;

    /** The body of a reauthentication. */
    record ReauthenticateRequest(String password) {
        ReauthenticateRequest(@Nullable String password) {
            Validation check = new Validation();
            this.password = check.secret("password", password, 1024);
            check.done();
        }

        @Override
        public String toString() {
            return "ReauthenticateRequest[redacted]";
        }
    }

    public LoginRoutes(LoginFlow login, Reauthentication reauthentication, SignInReplies replies) {
        this.login = login;
        this.reauthentication = reauthentication;
        this.replies = replies;
    }

    public void mount(Mount auth) {
        auth.post("/login", Access.anyone(), this::login)
                .summary(
                        "Sign in with e-mail and password. Answers tokens, sets a session cookie with mode=cookie, or asks for a"
                                + " second factor (requiresMFA).")
                .accepts(LoginRequest.class)
                .answers(200, LoginAnswer.class)
                .refuses(
                        ErrorCode.INVALID_MFA_CODE,
                        ErrorCode.INVALID_CREDENTIALS,
                        ErrorCode.CAPTCHA_REQUIRED,
                        ErrorCode.ACCOUNT_LOCKED)
                .limitedBy(LimitPolicy.LOGIN, LoginRoutes::loginKey)
                .limitedBy(LimitPolicy.LOGIN_ADDRESS);
        auth.post("/reauthenticate", Access.signedIn(), this::reauthenticate)
                .summary(
                        "Prove the current password again, for changes that need a recent login. Answers a new session.")
                .accepts(ReauthenticateRequest.class)
                .answers(200, SignInAnswer.class)
                .refuses(ErrorCode.ACCOUNT_LOCKED)
                .limitedBy(LimitPolicy.LOGIN, request -> request.user().user().value());
    }

    private Reply login(Request request) {
        LoginRequest body = request.body(LoginRequest.class);
        Proof.Password password = new Proof.Password(body.address(), body.password(), body.humanCheck());
        return replies.reply(login.login(password, body.second(), body.wish(), request.context()));
    }

    private Reply reauthenticate(Request request) {
        String password = request.body(ReauthenticateRequest.class).password();
        return replies.reply(200, reauthentication.raise(request.user(), password, request.context()));
    }

    private static String loginKey(Request request) {
        String email = request.body(LoginRequest.class).address().folded();
        return request.context().address().limitKey() + "|" + email;
    }
}
