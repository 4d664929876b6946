package dev.latchkey.boot;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import dev.latchkey.core.RequestContext;
import dev.latchkey.core.UserId;
import dev.latchkey.http.Reply;
import dev.latchkey.login.Attempt;
import dev.latchkey.login.Factor;
import dev.latchkey.login.LoginFlow;
import dev.latchkey.login.SignInReplies;
import dev.latchkey.mfa.TotpEnrolment;
import dev.latchkey.mfa.WaitingLogins;
import java.util.Optional;

/** Logins that wait for a factor: asked for by who sets one up or lost it, kept by the login. */
record LoginsUnderWay(LoginFlow flow, SignInReplies replies) implements WaitingLogins {
    @Override
    public Optional<String> user(String handle) {
        return flow.waiting(handle).map(UserId::value);
    }

    @Override
    public Challenged challenged(String handle, RequestContext context) {
        Attempt attempt = flow.challenged(handle, context);
        return new Challenged(attempt.user().orElseThrow(), attempt.epoch());
    }

    @Override
    public TotpEnrolment.Owner owner(String handle, RequestContext context) {
        Attempt attempt = flow.enrolling(handle, context);
        UserId user = attempt.user().orElseThrow(() -> Problem.of(ErrorCode.LOGIN_EXPIRED));
        return TotpEnrolment.Owner.signingIn(user, attempt.epoch());
    }

    @Override
    public Reply enrolled(String handle, RequestContext context) {
        return replies.reply(flow.enrolled(handle, Factor.TOTP, context));
    }
}
