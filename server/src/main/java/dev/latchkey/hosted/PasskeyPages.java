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
import java.util.Optional;

/**
 * Signing in with a passkey on the pages: the script asks for options, and sends what the authenticator answered as a form, so
 * that what follows is the same as after any other form.
 */
public final class PasskeyPages {
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
            LoginOutcome outcome = passkeys.alone(
                    PasskeyForm.sessionId(request),
                    PasskeyForm.assertion(request),
                    LoginPages.wish(request),
                    request.context());
            return steps.after(outcome, steps.returnTo(request));
        } catch (Problem refused) {
            return loginPages.again(request, PasskeyForm.told(refused, ErrorCode.INVALID_PASSKEY), PasskeyForm.FIELD);
        }
    }

    private Reply beginSecond(Request request) {
        // Whoever waits too long is led away; the script follows by loading its page again.
        return challenged(request)
                .map(waiting -> Reply.ok(passkeys.begin(Optional.of(waiting.handle()), false, request.context())))
                .orElseGet(() -> steps.expired(""));
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
                    challenged.get().handle(),
                    PasskeyForm.sessionId(request),
                    PasskeyForm.assertion(request),
                    trust,
                    request.context());
            return steps.after(outcome, returnTo);
        } catch (Problem refused) {
            return mfaPages.again(
                    request,
                    challenged.get(),
                    PasskeyForm.told(refused, ErrorCode.INVALID_PASSKEY),
                    Optional.of(PasskeyForm.FIELD));
        }
    }

    private Optional<LoginOutcome.Challenged> challenged(Request request) {
        return request.cookie(Cookie.LOGIN).isEmpty()
                ? Optional.empty()
                : steps.standing(request)
                        .filter(LoginOutcome.Challenged.class::isInstance)
                        .map(LoginOutcome.Challenged.class::cast);
    }
}
