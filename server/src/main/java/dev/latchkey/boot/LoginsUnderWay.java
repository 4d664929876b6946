package dev.latchkey.boot;

import dev.latchkey.core.RequestContext;
import dev.latchkey.core.UserId;
import dev.latchkey.http.Reply;
import dev.latchkey.login.Attempt;
import dev.latchkey.login.Factor;
import dev.latchkey.login.LoginFlow;
import dev.latchkey.login.SignInReplies;
import dev.latchkey.mfa.ProvedSession;
import dev.latchkey.mfa.WaitingLogins;
import java.util.Optional;
import java.util.Set;

/** Logins that wait for a factor: asked for by who sets one up or lost it, kept by the login. */
record LoginsUnderWay(LoginFlow flow, SignInReplies replies) implements WaitingLogins {
    @Override
    public Optional<String> user(String handle) {
        return flow.waiting(handle).map(UserId::value);
    }

    @Override
    public Waiting challenged(String handle, RequestContext context) {
        return waiting(flow.challenged(handle, context));
    }

    @Override
    public Waiting enrolling(String handle, RequestContext context) {
        return waiting(flow.enrolling(handle, context));
    }

    @Override
    public Reply enrolled(String handle, ProvedSession.SetUp factor, RequestContext context) {
        return replies.reply(flow.enrolled(handle, ProvedInSession.factor(factor), context));
    }

    private static Waiting waiting(Attempt attempt) {
        boolean mailboxAlone = attempt.proved().equals(Set.of(Factor.MAIL));
        return new Waiting(attempt.user().orElseThrow(), attempt.epoch(), mailboxAlone);
    }
}
