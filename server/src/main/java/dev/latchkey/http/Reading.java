package dev.latchkey.http;

import dev.latchkey.core.ClientAddress;
import dev.latchkey.core.RequestContext;
import dev.latchkey.core.TenantId;
import io.helidon.http.HeaderNames;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * What reading a request needs.
 *
 * @param language the best of the languages that a client wishes for, best first
 */
record Reading(Json json, BodyReader bodies, CookieNames cookieNames, Function<List<String>, Locale> language) {
    /** Who asks, from where, in which words: what features are told of a request. */
    RequestContext context(HttpExchange exchange) {
        List<String> agents = exchange.headerLines(HeaderNames.USER_AGENT);
        return new RequestContext(
                exchange.requestId(),
                TenantId.MAIN,
                new ClientAddress(exchange.connection().client()),
                agents.isEmpty() ? "" : UserAgentHeader.clean(agents.getFirst()),
                exchange.cookieValues(Cookie.DEVICE).stream().findFirst(),
                language.apply(exchange.languages()));
    }
}
