package dev.latchkey.http;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import java.util.Set;

/** What a request passes before its handler, in order. */
final class EdgeFilters {
    private static final int FIRST_ERROR = 400;

    private final BodyReader bodies;
    private final RouteLimits limits;
    private final Credentials credentials;
    private final CsrfCheck csrf;
    private final AccessCheck access;
    private final Cors cors;

    EdgeFilters(
            BodyReader bodies,
            RouteLimits limits,
            Credentials credentials,
            CsrfCheck csrf,
            AccessCheck access,
            Cors cors) {
        this.bodies = bodies;
        this.limits = limits;
        this.credentials = credentials;
        this.csrf = csrf;
        this.access = access;
        this.cors = cors;
    }

    /** Refuses a body that announces itself as too large, whatever it was sent to. */
    void checkSize(HttpExchange exchange) {
        bodies.checkAnnounced(exchange.announcedLength());
    }

    void admit(HttpExchange exchange) {
        access.checkExists(exchange);
        limits.takeByAddress(exchange);
        access.checkPlace(exchange);
        credentials.authenticate(exchange);
        csrf.check(exchange);
        access.check(exchange);
        limits.takeByCaller(exchange);
    }

    void answered(HttpExchange exchange, Reply reply) {
        if (reply.body() instanceof Reply.Body.Refusal refusal) {
            refused(exchange, refusal.problem());
        }
        if (reply.status() < FIRST_ERROR) {
            limits.giveBack(exchange);
        }
    }

    /** Whoever is asked for a human check, and has not answered one yet, has not begun. */
    void refused(HttpExchange exchange, Problem problem) {
        if (problem.code() == ErrorCode.CAPTCHA_REQUIRED && problem.details().isEmpty()) {
            limits.giveBackQuestion(exchange);
        }
    }

    /** An address that exists, asked with a method it has no route for. */
    Reply otherMethod(HttpExchange exchange, ErrorShape shape, Set<String> allowed) {
        if (exchange.methodName().equals("OPTIONS")) {
            return cors.options(exchange, shape, allowed);
        }
        throw Problem.of(ErrorCode.METHOD_NOT_ALLOWED);
    }
}
