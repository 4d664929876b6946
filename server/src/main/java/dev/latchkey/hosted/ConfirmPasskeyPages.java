package dev.latchkey.hosted;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Principal;
import dev.latchkey.core.Problem;
import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.limit.LimitPolicy;
import dev.latchkey.login.PasskeyLogin;
import dev.latchkey.login.Proof;
import dev.latchkey.login.Reauthentication;
import dev.latchkey.page.PagePath;

/** Step-up by a passkey. */
public final class ConfirmPasskeyPages {
    private final ConfirmPages confirm;
    private final Steps steps;
    private final PasskeyLogin passkeys;
    private final Reauthentication reauthentication;

    public ConfirmPasskeyPages(
            ConfirmPages confirm, Steps steps, PasskeyLogin passkeys, Reauthentication reauthentication) {
        this.confirm = confirm;
        this.steps = steps;
        this.passkeys = passkeys;
        this.reauthentication = reauthentication;
    }

    public void mount(Mount site) {
        String path = PagePath.ACCOUNT_CONFIRM_PASSKEY.path();
        site.post(path + "/options", Access.signedIn(), this::begin)
                .summary("Options for the script that asks whoever is signed in for a passkey.")
                .limitedBy(LimitPolicy.PASSKEY_ADDRESS);
        site.post(path, Access.signedIn(), this::confirm)
                .summary("Takes what the authenticator answered and leads on, in a new session.")
                .limitedBy(LimitPolicy.LOGIN, AccountFrame::userKey);
    }

    private Reply begin(Request request) {
        return Reply.ok(passkeys.beginAgain(AccountFrame.inBrowser(request), request.context()));
    }

    private Reply confirm(Request request) {
        Principal.SignedIn user = AccountFrame.inBrowser(request);
        try {
            Proof.Second proof = passkeys.again(
                    user, PasskeyForm.sessionId(request), PasskeyForm.assertion(request), request.context());
            return steps.signedIn(
                    reauthentication.raise(user, proof, request.context()),
                    Reply.seeOther(Steps.destination(steps.returnTo(request))));
        } catch (Problem refused) {
            if (refused.code() == ErrorCode.TOKEN_REVOKED) {
                throw refused;
            }
            return confirm.again(request, PasskeyForm.told(refused, ErrorCode.INVALID_PASSKEY), PasskeyForm.FIELD);
        }
    }
}
