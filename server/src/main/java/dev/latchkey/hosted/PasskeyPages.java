package dev.latchkey.hosted;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import dev.latchkey.http.Access;
import dev.latchkey.http.Cookie;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.limit.LimitPolicy;
import dev.latchkey.login.LoginFlow;
import dev.latchkey.login.LoginOutcome;
import dev.latchkey.login.PasskeyLogin;
import dev.latchkey.page.PagePath;
import dev.latchkey.passkey.AuthenticationResponse;
import java.util.Optional;

/**
 * Signing in with a passkey on the pages: the script asks for options, and sends what the authenticator answered as a form, so
 * that what follows is the same as after any other form.
 */
public final class PasskeyPages {
    static final String SESSION_ID = "sessionId";
    private static final int MOST_SESSION_ID = 128;
    private static final String FIELD = "passkey";

    private final Steps steps;
    private final LoginFlow login;
    private final PasskeyLogin passkeys;
    private final LoginPages loginPages;
    private final MfaPages mfaPages;

    public PasskeyPages(Steps steps, LoginFlow login, PasskeyLogin passkeys, LoginPages loginPages, MfaPages mfaPages) {
        this.steps = steps;
        this.login = login;
        this.passkeys = passkeys;
        this.loginPages = loginPages;
        this.mfaPages = mfaPages;
    }

    public void mount(Mount site) {
        site.post(PagePath.LOGIN_PASSKEY.path() + "/options", Access.anyone(), this::begin)
                .summary(
                        "Options for the script that asks for a passkey; autofill=true for passkeys beside the fields.")
                .fromOwnPages()
                .limitedBy(LimitPolicy.PASSKEY_ADDRESS);
        site.post(PagePath.LOGIN_PASSKEY.path(), Access.anyone(), this::signIn)
                .summary("Signs in with what the authenticator answered.")
                .fromOwnPages()
                .limitedBy(LimitPolicy.LOGIN_ADDRESS);
        site.post(PagePath.MFA_PASSKEY.path() + "/options", Access.anyone(), this::beginSecond)
                .summary("Options for the script that asks for a passkey as second factor.")
                .fromOwnPages()
                .limitedBy(LimitPolicy.PASSKEY_ADDRESS);
        site.post(PagePath.MFA_PASSKEY.path(), Access.anyone(), this::verify)
                .summary("Finishes a login with what the authenticator answered.")
                .fromOwnPages()
                .limitedBy(LimitPolicy.MFA, request -> MfaPages.accountKey(login, request));
    }

    private Reply begin(Request request) {
        boolean autofill = request.form("autofill").filter("true"::equals).isPresent();
        return Reply.ok(passkeys.begin(Optional.empty(), autofill, request.context()));
    }

    private Reply signIn(Request request) {
        try {
            LoginOutcome outcome =
                    passkeys.alone(sessionId(request), answer(request), LoginPages.wish(request), request.context());
            return steps.after(outcome, steps.returnTo(request));
        } catch (Problem refused) {
            return loginPages.again(request, asPasskey(refused), FIELD);
        }
    }

    private Reply beginSecond(Request request) {
        String handle = challenged(request).map(LoginOutcome.Challenged::handle).orElse("");
        return Reply.ok(passkeys.begin(Optional.of(handle), false, request.context()));
    }

    private Reply verify(Request request) {
        String returnTo = steps.returnTo(request);
        Optional<LoginOutcome.Challenged> challenged = challenged(request);
        if (challenged.isEmpty()) {
            return steps.standing(request)
                    .map(outcome -> steps.after(outcome, returnTo))
                    .orElseGet(() -> steps.expired(returnTo));
        }
        try {
            boolean trust = request.form("trust").filter("true"::equals).isPresent();
            LoginOutcome outcome = passkeys.resume(
                    challenged.get().handle(), sessionId(request), answer(request), trust, request.context());
            return steps.after(outcome, returnTo);
        } catch (Problem refused) {
            return mfaPages.again(request, challenged.get(), asPasskey(refused), Optional.of(FIELD));
        }
    }

    private Optional<LoginOutcome.Challenged> challenged(Request request) {
        return request.cookie(Cookie.LOGIN).isEmpty()
                ? Optional.empty()
                : steps.standing(request)
                        .filter(LoginOutcome.Challenged.class::isInstance)
                        .map(LoginOutcome.Challenged.class::cast);
    }

    static String sessionId(Request request) {
        return request.form(SESSION_ID)
                .filter(id -> !id.isBlank() && id.length() <= MOST_SESSION_ID)
                .orElseThrow(() -> Problem.of(ErrorCode.INVALID_PASSKEY, "no ceremony was named"));
    }

    static AuthenticationResponse answer(Request request) {
        AuthenticationResponse.AssertionPart part = new AuthenticationResponse.AssertionPart(
                text(request, "clientDataJSON"),
                text(request, "authenticatorData"),
                text(request, "signature"),
                request.form("userHandle"));
        return new AuthenticationResponse(text(request, "id"), text(request, "rawId"), "public-key", part);
    }

    private static String text(Request request, String field) {
        return request.form(field).orElse("");
    }

    /** A form that no script filled in names fields that nobody sees: to its reader that is a passkey that did not work. */
    static Problem asPasskey(Problem refused) {
        return refused.code() == ErrorCode.VALIDATION_ERROR
                ? Problem.of(ErrorCode.INVALID_PASSKEY, "not an authenticator's answer")
                : refused;
    }
}
