package dev.latchkey.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lets listed origins call the API with credentials (Fetch, section 3.2). Pages are never readable from elsewhere. An origin that
 * is not listed gets the answer without these headers, so its browser keeps it from the calling page.
 */
final class Cors {
    private static final Header VARY = HeaderValues.createCached("Vary", "Origin");
    private static final Header CREDENTIALS = HeaderValues.createCached("Access-Control-Allow-Credentials", "true");
    private static final Header EXPOSED = HeaderValues.createCached(
            "Access-Control-Expose-Headers",
            "X-Request-Id, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, WWW-Authenticate");
    private static final String REQUEST_HEADERS =
            "Authorization, Content-Type, X-API-Key, X-CSRF-Token, X-Request-Id, X-Session-Id, X-XSRF-Token";
    private static final String MAX_AGE_SECONDS = "600";

    private final Origins origins;

    Cors(Origins origins) {
        this.origins = origins;
    }

    List<Header> headers(HttpExchange exchange, ErrorShape shape) {
        if (shape == ErrorShape.PAGE) {
            return List.of();
        }
        List<Header> headers = new ArrayList<>(4);
        headers.add(VARY);
        allowedOrigin(exchange).ifPresent(origin -> {
            headers.add(HeaderValues.create("Access-Control-Allow-Origin", origin));
            headers.add(CREDENTIALS);
            headers.add(EXPOSED);
        });
        return headers;
    }

    /** The answer to OPTIONS, whether a browser asks before a call or anyone asks what an address takes. */
    Reply options(HttpExchange exchange, ErrorShape shape, Set<String> allowed) {
        Reply reply = Reply.noContent().withHeader("Allow", String.join(", ", allowed));
        boolean preflight = exchange.header("Access-Control-Request-Method").isPresent();
        if (!preflight || shape == ErrorShape.PAGE || allowedOrigin(exchange).isEmpty()) {
            return reply;
        }
        return reply.withHeader("Access-Control-Allow-Methods", String.join(", ", allowed))
                .withHeader("Access-Control-Allow-Headers", REQUEST_HEADERS)
                .withHeader("Access-Control-Max-Age", MAX_AGE_SECONDS);
    }

    private Optional<String> allowedOrigin(HttpExchange exchange) {
        return exchange.header(HeaderNames.ORIGIN).filter(origins::isAllowed);
    }
}
