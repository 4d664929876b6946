package dev.latchkey.http;

import dev.latchkey.core.Version;
import dev.latchkey.metrics.Metrics;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The second listener, for the operator's machines: metrics, and health in detail. Whoever reaches it may read it. */
final class OperationsHandler implements io.helidon.webserver.http.Handler {
    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Metrics metrics;
    private final Health health;
    private final Json json;
    private final Clock clock;
    private final Instant started;
    private volatile Optional<Instant> lastScraped = Optional.empty();

    OperationsHandler(Metrics metrics, Health health, Json json, Clock clock) {
        this.metrics = metrics;
        this.health = health;
        this.json = json;
        this.clock = clock;
        this.started = clock.instant();
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        response.header("X-Content-Type-Options", "nosniff");
        if (!Method.of(request.prologue().method().text()).equals(Optional.of(Method.GET))) {
            response.header(HeaderNames.ALLOW, "GET, HEAD");
            send(
                    response,
                    405,
                    "text/plain; charset=utf-8",
                    "Only GET is answered here.\n".getBytes(StandardCharsets.UTF_8));
            return;
        }
        switch (request.path().path()) {
            case "/metrics" -> {
                lastScraped = Optional.of(clock.instant());
                send(response, 200, METRICS_TYPE, metrics.expose().getBytes(StandardCharsets.UTF_8));
            }
            case "/info" -> sendInfo(response);
            case "/health", "/health/ready" -> sendHealth(response);
            case "/health/live" ->
                send(response, 200, "text/plain; charset=utf-8", "UP\n".getBytes(StandardCharsets.UTF_8));
            default ->
                send(
                        response,
                        404,
                        "text/plain; charset=utf-8",
                        "Here are /metrics, /health and /info.\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    private void sendHealth(ServerResponse response) {
        List<Health.Finding> findings = health.findings();
        boolean up = findings.stream().allMatch(Health.Finding::ok);
        byte[] body = json.write(Ordered.map("status", up ? "UP" : "DOWN", "checks", findings));
        send(response, up ? 200 : 503, "application/json", body);
    }

    private void sendInfo(ServerResponse response) {
        byte[] body = json.write(Ordered.map(
                "version",
                Version.current(),
                "java",
                Runtime.version().toString(),
                "startedAt",
                started,
                "heapMaxBytes",
                Runtime.getRuntime().maxMemory(),
                "metricsLastReadAt",
                lastScraped));
        send(response, 200, "application/json", body);
    }

    private static void send(ServerResponse response, int status, String type, byte[] body) {
        response.status(Status.create(status));
        response.header(HeaderNames.CONTENT_TYPE, type);
        response.send(body);
    }
}
