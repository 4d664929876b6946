package dev.latchkey.http;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import dev.latchkey.crypto.DistinctIds;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * Every request's way, in this order: id, client address, route, size, body, a free place, address limits, the one credential, CSRF,
 * access, the caller's limits, handler, answer, log. Each step refuses by throwing; one place writes what was thrown.
 */
final class Edge implements io.helidon.webserver.http.Handler {
    private static final String HEALTH = "/health/";
    private static final Duration BUSY = Duration.ofSeconds(1);
    private static final HeaderName REQUEST_ID = HeaderNames.create("X-Request-Id");

    private final RouteTable routes;
    private final EdgeFilters filters;
    private final EdgeAnswers answers;
    private final Reading reading;
    private final PeerCheck peers;
    private final RequestMeasures measures;
    private final RequestSpans spans;
    private final DistinctIds ids;
    private final Semaphore places;
    private final InFlight inFlight;

    Edge(
            RouteTable routes,
            EdgeFilters filters,
            EdgeAnswers answers,
            Reading reading,
            PeerCheck peers,
            RequestMeasures measures,
            RequestSpans spans,
            DistinctIds ids,
            Semaphore places,
            InFlight inFlight) {
        this.routes = routes;
        this.filters = filters;
        this.answers = answers;
        this.reading = reading;
        this.peers = peers;
        this.measures = measures;
        this.spans = spans;
        this.ids = ids;
        this.places = places;
        this.inFlight = inFlight;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        long start = System.nanoTime();
        String id = RequestId.choose(request.headers().first(REQUEST_ID), ids);
        HttpExchange exchange = new HttpExchange(request, peers.connection(request), id, reading);
        ScopedValue.where(RequestId.CURRENT, id)
                .run(() -> spans.around(exchange, () -> serve(exchange, response, start)));
        if (!exchange.discardRest()) {
            throw new CloseConnectionException("the body does not end");
        }
        closeIfPromised(request, response);
    }

    /** The web server tells the client that it will close, and then does not; only this makes it (as of Helidon 4.5.0). */
    private static void closeIfPromised(ServerRequest request, ServerResponse response) {
        if (response.headers().containsToken(HeaderValues.CONNECTION_CLOSE)
                || request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
            throw new CloseConnectionException("the answer said so");
        }
    }

    private void serve(HttpExchange exchange, ServerResponse response, long start) {
        RouteTable.Match match = routes.find(exchange.methodName(), exchange.address());
        inFlight.enter();
        try {
            int status = answer(match, exchange, response);
            spans.answered(match, exchange, status);
            measures.record(match, exchange, status, System.nanoTime() - start);
        } finally {
            inFlight.leave();
            exchange.release();
        }
    }

    private int answer(RouteTable.Match match, HttpExchange exchange, ServerResponse response) {
        try {
            return answers.send(reply(match, exchange), match, exchange, response);
        } catch (Throwable failure) {
            if (response.isSent()) {
                throw failure;
            }
            if (!exchange.isHttp1()) {
                exchange.discardRest();
            }
            return answers.refuse(failure, match, exchange, response);
        }
    }

    private Reply reply(RouteTable.Match match, HttpExchange exchange) {
        filters.checkSize(exchange);
        exchange.receive();
        return switch (match) {
            case RouteTable.Match.Nothing nothing -> throw Problem.of(ErrorCode.NOT_FOUND);
            case RouteTable.Match.WrongMethod wrong -> filters.otherMethod(exchange, wrong.shape(), wrong.allowed());
            case RouteTable.Match.Found found -> {
                Route route = found.route();
                exchange.found(route, found.parameters());
                yield route.path().startsWith(HEALTH) ? pass(route, exchange) : passBounded(route, exchange);
            }
        };
    }

    private Reply passBounded(Route route, HttpExchange exchange) {
        if (inFlight.isClosed() || !places.tryAcquire()) {
            throw Problem.of(ErrorCode.SERVICE_UNAVAILABLE).retryAfter(BUSY);
        }
        try {
            return pass(route, exchange);
        } finally {
            places.release();
        }
    }

    private Reply pass(Route route, HttpExchange exchange) {
        filters.admit(exchange);
        try {
            Reply reply = route.handler().handle(exchange);
            filters.answered(exchange, reply);
            return reply;
        } catch (Problem refused) {
            filters.refused(exchange, refused);
            throw refused;
        }
    }
}
