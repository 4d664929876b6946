package dev.latchkey.http;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Principal;
import dev.latchkey.core.Problem;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.List;

/**
 * Finds the one credential of a request. Two kinds together are refused rather than ranked, so that nobody can make a request
 * pass as another caller than the one a proxy or a log saw; a token in the query is never read (RFC 9700 section 4.3.2).
 */
final class Credentials {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final HeaderName API_KEY = HeaderNames.create("X-API-Key");
    private static final HeaderName SESSION = HeaderNames.create("X-Session-Id");
    private static final String BEARER = "bearer ";

    private final Authenticator authenticator;

    Credentials(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    void authenticate(HttpExchange exchange) {
        boolean open = exchange.route().access() instanceof Access.Public;
        if (open && exchange.route().isUnlimited()) {
            // Probes, keys and files are the same for everybody: they are served while nobody can judge a credential,
            // too.
            return;
        }
        try {
            exchange.authenticated(principal(exchange, open));
        } catch (Problem problem) {
            int status = problem.code().status();
            if (!open || (status != UNAUTHORIZED && status != FORBIDDEN)) {
                throw problem;
            }
        }
    }

    private Principal principal(HttpExchange exchange, boolean open) {
        List<String> authorization = exchange.headerLines(HeaderNames.AUTHORIZATION);
        List<String> apiKey = exchange.headerLines(API_KEY);
        List<String> session = exchange.headerLines(SESSION);
        int sent = authorization.size() + apiKey.size() + session.size();
        if (sent > 1) {
            throw Problem.of(ErrorCode.AMBIGUOUS_CREDENTIALS);
        }
        if (sent == 0) {
            return fromCookie(exchange);
        }
        if (!authorization.isEmpty()) {
            return fromAuthorization(exchange, authorization.getFirst(), open);
        }
        return apiKey.isEmpty()
                ? authenticator.session(session.getFirst(), false, exchange.context())
                : authenticator.apiKey(apiKey.getFirst(), exchange.context());
    }

    private Principal fromAuthorization(HttpExchange exchange, String value, boolean open) {
        if (!value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            // A public route may take another scheme, such as a client's Basic credentials at the token endpoint.
            if (open) {
                return Principal.ANONYMOUS;
            }
            throw Problem.of(ErrorCode.INVALID_TOKEN_TYPE);
        }
        return authenticator.bearer(value.substring(BEARER.length()).strip(), exchange.context());
    }

    private Principal fromCookie(HttpExchange exchange) {
        List<String> values = exchange.cookieValues(Cookie.SESSION);
        if (values.isEmpty() || values.getFirst().isEmpty()) {
            return Principal.ANONYMOUS;
        }
        if (values.size() > 1) {
            throw Problem.of(ErrorCode.AMBIGUOUS_CREDENTIALS)
                    .message("The session cookie was sent twice. Clear this site's cookies and sign in again.");
        }
        try {
            return authenticator.session(values.getFirst(), true, exchange.context());
        } catch (Problem problem) {
            if (problem.code().status() == UNAUTHORIZED) {
                exchange.sessionCookieIsStale();
            }
            throw problem;
        }
    }
}
