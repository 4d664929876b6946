package dev.latchkey.token;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Validation;
import dev.latchkey.grant.RefreshService;
import dev.latchkey.grant.TokenAnswer;
import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.limit.LimitPolicy;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/v1/auth/refresh}. */
public final class RefreshRoutes {
    private static final int MAX_TOKEN = 512;

    private final RefreshFlow flow;

    /** The body: the token of the last login or refresh. */
    record RefreshRequest(@JsonProperty("refresh_token") String refreshToken) {
        RefreshRequest(@JsonProperty("refresh_token") @JsonAlias("refreshToken") @Nullable String refreshToken) {
            Validation check = new Validation();
            this.refreshToken = check.secret("refresh_token", refreshToken, MAX_TOKEN);
            check.done();
        }

        @Override
        public String toString() {
            return "RefreshRequest[redacted]";
        }
    }

    public RefreshRoutes(RefreshFlow flow) {
        this.flow = flow;
    }

    public void mount(Mount auth) {
        auth.post("/refresh", Access.anyone(), this::refresh)
                .summary(
                        "Exchange a refresh token for a new pair. A refresh token works once; a second use ends the session.")
                .accepts(RefreshRequest.class)
                .answers(200, TokenAnswer.class)
                .refuses(ErrorCode.TOKEN_REUSE_DETECTED)
                .limitedBy(LimitPolicy.REFRESH_ADDRESS)
                .limitedBy(LimitPolicy.API, RefreshRoutes::limitKey);
    }

    private Reply refresh(Request request) {
        return Reply.ok(flow.refresh(request.body(RefreshRequest.class).refreshToken(), request.context()));
    }

    private static String limitKey(Request request) {
        String handle =
                RefreshService.limitKey(request.body(RefreshRequest.class).refreshToken());
        return handle.isEmpty() ? request.context().address().limitKey() : handle;
    }
}
