package dev.latchkey.http;

import dev.latchkey.metrics.Counter;
import dev.latchkey.metrics.Latency;
import dev.latchkey.metrics.Metrics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts and times what was served, by route and never by address: addresses are the client's choice and without end. */
final class RequestMeasures {
    private static final String NO_ROUTE = "none";
    private static final int STATUS_CLASSES = 6;

    private static final class RouteSeries {
        private final String name;
        private final Latency.Series latency;
        private final Counter.Series[] statuses = new Counter.Series[STATUS_CLASSES];

        private RouteSeries(String name, Latency latency, Counter requests) {
            this.name = name;
            this.latency = latency.with(name);
            for (int i = 1; i < STATUS_CLASSES; i++) {
                statuses[i] = requests.with(name, i + "xx");
            }
        }
    }

    private final Latency latency;
    private final Counter requests;
    private final AccessLog log;
    private final LoggedPath paths;
    private final RouteSeries none;
    private final Map<Route, RouteSeries> byRoute = new ConcurrentHashMap<>();

    RequestMeasures(Metrics metrics, AccessLog log, LoggedPath paths) {
        this.latency = metrics.latency("latchkey_http_request_seconds", "Time to answer, by route.", "route");
        this.requests = metrics.counter("latchkey_http_requests_total", "Answers, by route.", "route", "status");
        this.log = log;
        this.paths = paths;
        this.none = new RouteSeries(NO_ROUTE, latency, requests);
        metrics.counter("latchkey_access_log_dropped_total", "Access log lines given up.", log::dropped);
    }

    void record(RouteTable.Match match, HttpExchange exchange, int status, long nanos) {
        RouteSeries series = match instanceof RouteTable.Match.Found found ? series(found.route()) : none;
        series.latency.recordNanos(nanos);
        series.statuses[Math.clamp(status / 100, 1, STATUS_CLASSES - 1)].increment();
        if (log.isOn()) {
            log.write(exchange, paths.of(exchange.address()), series.name, status, nanos);
        }
    }

    private RouteSeries series(Route route) {
        RouteSeries known = byRoute.get(route);
        return known != null
                ? known
                : byRoute.computeIfAbsent(
                        route, key -> new RouteSeries(key.method() + " " + key.path(), latency, requests));
    }
}
