package dev.latchkey.access;

import dev.latchkey.core.SessionId;
import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import java.util.function.Function;

/** {@code GET /api/v1/auth/csrf-token}: what a page that runs on the session cookie sends back with every write (S0-38). */
public final class CsrfRoutes {
    private final Function<SessionId, String> tokens;

    /** The answer; send it as {@code X-CSRF-Token}. */
    record CsrfAnswer(String csrfToken) {}

    public CsrfRoutes(Function<SessionId, String> tokens) {
        this.tokens = tokens;
    }

    public void mount(Mount auth) {
        auth.get("/csrf-token", Access.signedIn(), this::token)
                .summary("The CSRF token of the current session, for writes made with the session cookie.")
                .answers(200, CsrfAnswer.class);
    }

    private Reply token(Request request) {
        return Reply.ok(new CsrfAnswer(tokens.apply(request.user().session())));
    }
}
