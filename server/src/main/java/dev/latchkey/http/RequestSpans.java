package dev.latchkey.http;

import dev.latchkey.trace.Span;
import dev.latchkey.trace.SpanKind;
import dev.latchkey.trace.TraceParent;
import dev.latchkey.trace.Tracer;
import java.util.Optional;

/**
 * One span per request, named by method and route. Of the request it holds nothing that a client chose but the method: no
 * address, query, header or id. A caller's trace is taken up only where the caller is a trusted proxy, for whoever names the
 * trace decides what is recorded and what it is mixed with.
 */
final class RequestSpans {
    private static final String UNKNOWN_METHOD = "HTTP";

    private final Tracer tracer;
    private final String scheme;

    RequestSpans(Tracer tracer, String scheme) {
        this.tracer = tracer;
        this.scheme = scheme;
    }

    /** Runs {@code serve}, within a span where requests are traced. */
    void around(HttpExchange exchange, Runnable serve) {
        if (!tracer.isOn()) {
            serve.run();
            return;
        }
        Optional<TraceParent> parent = exchange.connection().peerTrusted()
                ? exchange.header("traceparent").flatMap(TraceParent::parse)
                : Optional.empty();
        tracer.begin(UNKNOWN_METHOD, SpanKind.SERVER, parent).around(() -> {
            serve.run();
            return true;
        });
    }

    /** Tells the request's span what became of it. */
    void answered(RouteTable.Match match, HttpExchange exchange, int status) {
        if (tracer.isOn()) {
            Span.current().filter(Span::isRecording).ifPresent(span -> describe(span, match, exchange, status));
        }
    }

    private void describe(Span span, RouteTable.Match match, HttpExchange exchange, int status) {
        String method = exchange.methodName();
        boolean known = Method.of(method).isPresent() || method.equals("OPTIONS");
        String shown = known ? method : UNKNOWN_METHOD;
        if (match instanceof RouteTable.Match.Found found) {
            span.name(shown + " " + found.route().path());
            span.attribute("http.route", found.route().path());
        } else {
            span.name(shown);
        }
        span.attribute("http.request.method", known ? method : "_OTHER");
        span.attribute("http.response.status_code", status);
        span.attribute("url.scheme", scheme);
        span.attribute("network.protocol.version", exchange.isHttp1() ? "1.1" : "2");
        span.attribute("latchkey.request_id", exchange.requestId());
        if (status >= 500) {
            span.failed(Integer.toString(status));
        }
    }
}
