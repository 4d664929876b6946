package dev.latchkey.login;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Validation;
import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.limit.LimitPolicy;
import java.util.Optional;

/** The routes that create or raise a session. */
public final class LoginRoutes {
    private final LoginFlow login;
    private final Reauthentication reauthentication;
    private final SignInReplies replies;

    /** The body of a reauthentication. */
    record ReauthenticateRequest(Optional<String> password, Optional<String> code) {
        ReauthenticateRequest(Optional<String> password, @JsonAlias("token") Optional<String> code) {
            Validation check = new Validation();
            this.password = password.map(typed -> check.secret("password", typed, 1024));
            this.code = code.map(typed -> check.secret("code", typed, 64));
            check.require(
                    password.isPresent() || code.isPresent(),
                    "password",
                    "required",
                    "Send the password, or the code of a second factor.");
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
                        "Prove a second factor, or where the account has none the current password, for changes that need a"
                                + " recent login. Answers a new session.")
                .accepts(ReauthenticateRequest.class)
                .answers(200, SignInAnswer.class)
                .refuses(ErrorCode.INVALID_MFA_CODE, ErrorCode.MFA_REQUIRED, ErrorCode.ACCOUNT_LOCKED)
                .limitedBy(LimitPolicy.LOGIN, request -> request.user().user().value());
    }

    private Reply login(Request request) {
        LoginRequest body = request.body(LoginRequest.class);
        Proof.Password password = new Proof.Password(body.address(), body.password(), body.humanCheck());
        return replies.reply(login.login(password, body.second(), body.wish(), request.context()));
    }

    private Reply reauthenticate(Request request) {
        ReauthenticateRequest body = request.body(ReauthenticateRequest.class);
        SignedIn raised = body.code()
                .map(code -> reauthentication.raise(request.user(), Proof.typed(code), request.context()))
                .orElseGet(() ->
                        reauthentication.raise(request.user(), body.password().orElseThrow(), request.context()));
        return replies.reply(200, raised);
    }

    private static String loginKey(Request request) {
        String email = request.body(LoginRequest.class).address().folded();
        return request.context().address().limitKey() + "|" + email;
    }
}
