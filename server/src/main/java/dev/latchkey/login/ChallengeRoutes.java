package dev.latchkey.login;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.UserId;
import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.http.Route;
import dev.latchkey.limit.LimitPolicy;
import java.util.function.Function;

/** Where a login that waits for a second factor goes on. */
public final class ChallengeRoutes {
    private final LoginFlow login;
    private final SignInReplies replies;

    public ChallengeRoutes(LoginFlow login, SignInReplies replies) {
        this.login = login;
        this.replies = replies;
    }

    /** @param mfa under {@code /api/v1/mfa} */
    public void mount(Mount mfa) {
        limited(mfa.post("/verify", Access.anyone(), request -> answer(request, Proof::typed)))
                .summary("Finish a login with the code of an authenticator application, or a backup code.");
        limited(mfa.post("/verify-backup", Access.anyone(), request -> answer(request, Proof.BackupCode::new)))
                .summary("Finish a login with a backup code.");
    }

    private Route limited(Route route) {
        return route.accepts(ChallengeRequests.Code.class)
                .answers(200, SignInAnswer.class)
                .refuses(ErrorCode.INVALID_MFA_CODE, ErrorCode.LOGIN_EXPIRED, ErrorCode.ACCOUNT_LOCKED)
                .limitedBy(LimitPolicy.MFA, this::accountKey);
    }

    private Reply answer(Request request, Function<String, Proof.Second> proof) {
        ChallengeRequests.Code body = request.body(ChallengeRequests.Code.class);
        boolean trust = body.trustDevice().orElse(false);
        return replies.reply(login.resume(body.mfaToken(), proof.apply(body.code()), trust, request.context()));
    }

    /** Per account; whoever invents handles is counted by network. */
    private String accountKey(Request request) {
        String handle = request.body(ChallengeRequests.Code.class).mfaToken();
        return login.waiting(handle)
                .map(UserId::value)
                .orElseGet(() -> "unknown|" + request.context().address().siteLimitKey());
    }
}
