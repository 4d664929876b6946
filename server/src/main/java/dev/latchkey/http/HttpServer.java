package dev.latchkey.http;

import dev.latchkey.config.Profile;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.limit.RateLimits;
import dev.latchkey.metrics.Metrics;
import io.helidon.http.DirectHandler;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http2.Http2Config;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * The server's two listeners: everything mounted on the main one, metrics and health detail on the operations one.
 *
 * <p>Takes what it serves and never looks it up: build the mounts, give them here, {@link #start()}, and {@link #close()} to
 * finish what is being served and stop.
 */
public final class HttpServer implements AutoCloseable {
    /**
     * What the edge needs of those above it.
     *
     * @param checks what must be well before the server counts as ready
     */
    public record Needs(
            Authenticator authenticator,
            CsrfTokens csrf,
            RateLimits limits,
            ErrorPages errorPages,
            List<HealthCheck> checks,
            AccessLog accessLog,
            Refusals refusals) {
        public Needs {
            checks = List.copyOf(checks);
        }
    }

    private static final String OPERATIONS = "operations";
    private static final int MAX_PROLOGUE = 8 * 1024;
    private static final int MAX_HEADERS = 16 * 1024;
    private static final int MAX_STREAMS = 100;
    private static final int MAX_CONNECTIONS = 10_000;
    private static final Duration BODY_TIME = Duration.ofSeconds(30);
    private static final long BODY_ROOM = 64L << 20;
    // Whatever is to be finished has been by then.
    private static final Duration STOP = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final HttpConfig config;
    private final Metrics metrics;
    private final Json json;
    private final RouteTable routes;
    private final Origins origins;
    private final Health health;
    private final AccessLog accessLog;
    private final InFlight inFlight = new InFlight();
    private final Edge edge;
    private final DirectHandler transportErrors;
    private final WebServer server;

    /**
     * Wires the edge; opens nothing.
     *
     * @throws IllegalArgumentException where two mounts claim the same route, or production would run without rate limits
     */
    public HttpServer(
            HttpConfig config,
            Profile profile,
            List<Mount> mounts,
            Needs needs,
            Metrics metrics,
            Clock clock,
            Json json) {
        if (profile == Profile.PRODUCTION && !config.limits()) {
            throw new IllegalArgumentException("limits.enabled=false is for development; remove it");
        }
        this.config = config;
        this.metrics = metrics;
        this.json = json;
        this.accessLog = needs.accessLog();
        this.health = new Health(needs.checks());
        this.origins = new Origins(config, profile);
        boolean https = "https".equals(config.effectivePublicUrl().getScheme());
        CookieNames cookies = new CookieNames(https);
        SecurityHeaders security = new SecurityHeaders(https);
        boolean docs = config.servesDocs(profile);
        this.routes = new RouteTable(all(mounts, docs, security.docsPolicy()));
        Envelope envelope = new Envelope(clock);
        Cors cors = new Cors(origins);
        BodyReader bodies =
                new BodyReader(config.maxBody(), BODY_TIME, new BodyRoom(Math.max(BODY_ROOM, config.maxBody())));
        ErrorMapper errors = new ErrorMapper(json, envelope, needs.errorPages());
        Secrets secrets = new Secrets(clock);
        Semaphore places = new Semaphore(config.maxConcurrentRequests());
        metrics.gauge(
                "latchkey_http_in_flight",
                "Requests being served.",
                () -> config.maxConcurrentRequests() - places.availablePermits());
        this.edge = new Edge(
                routes,
                new EdgeFilters(
                        bodies,
                        new RouteLimits(needs.limits(), config.limits(), metrics, needs.refusals()),
                        new Credentials(needs.authenticator()),
                        new CsrfCheck(needs.csrf(), origins),
                        new AccessCheck(config, profile, clock, needs.refusals()),
                        cors),
                new EdgeAnswers(new ReplyWriter(json, envelope, security, cors, cookies), errors),
                new Reading(json, bodies, cookies),
                new PeerCheck(new TrustedProxies(config.trustedProxies(), config.forwardedHeader())),
                new RequestMeasures(metrics, accessLog, new LoggedPath(routes.routes())),
                secrets,
                places,
                inFlight);
        this.transportErrors = new TransportErrors(routes, errors, security, secrets);
        this.server = build();
    }

    /** All routes, the edge's own included. */
    public RouteTable routes() {
        return routes;
    }

    /**
     * Opens both listeners.
     *
     * @throws IllegalStateException where one cannot be opened; the message says which and what to do
     */
    public void start() {
        server.start();
        // A listener that cannot be opened is only logged by the web server.
        if (!server.isRunning()) {
            throw new IllegalStateException("cannot listen on " + config.host() + " port " + config.port() + " and "
                    + config.operationsHost() + " port " + config.operationsPort()
                    + ": is another server running? Stop it, or choose other ports (server.port, operations.port).");
        }
        origins.listeningOn(server.port());
    }

    /** The port that was taken. */
    public int port() {
        return server.port();
    }

    public int operationsPort() {
        return server.port(OPERATIONS);
    }

    /** Says not ready, finishes what is being served for as long as the configuration allows, and closes the listeners. */
    @Override
    public void close() {
        health.drain();
        inFlight.close(config.drain());
        server.stop();
        accessLog.close();
    }

    private List<Mount> all(List<Mount> mounts, boolean docs, String docsPolicy) {
        List<Mount> all = new ArrayList<>(mounts);
        all.add(health.mount());
        DocsRoutes description = new DocsRoutes(() -> routes().routes(), json, docsPolicy);
        all.add(description.description());
        if (docs) {
            all.add(description.pages());
        }
        return all;
    }

    private WebServer build() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(type, transportErrors);
        }
        DirectHandlers directHandlers = handlers.build();
        return WebServer.builder()
                .host(config.host())
                .port(config.port())
                .featuresDiscoverServices(false)
                .protocolsDiscoverServices(false)
                .concurrencyLimitDiscoverServices(false)
                .addProtocol(Http1Config.builder()
                        .maxPrologueLength(MAX_PROLOGUE)
                        .maxHeadersSize(MAX_HEADERS)
                        .build())
                .addProtocol(Http2Config.builder()
                        .maxHeaderListSize(MAX_HEADERS)
                        .maxConcurrentStreams(MAX_STREAMS)
                        .build())
                // Bodies are bounded by the edge: what the web server refuses over HTTP/2 is never answered (Helidon
                // 4.5.0).
                .maxTcpConnections(MAX_CONNECTIONS)
                .idleConnectionTimeout(IDLE)
                // Without it an HTTP/2 answer, which is two writes, waits 40 ms for the client's delayed
                // acknowledgement.
                .connectionOptions(options -> options.readTimeout(BODY_TIME).tcpNoDelay(true))
                .shutdownHook(false)
                .shutdownGracePeriod(STOP)
                .directHandlers(directHandlers)
                .routing(routing -> routing.any(edge))
                .putSocket(
                        OPERATIONS,
                        socket -> socket.host(config.operationsHost())
                                .port(config.operationsPort())
                                .protocolsDiscoverServices(false)
                                .addProtocol(Http1Config.builder().build())
                                .shutdownGracePeriod(STOP)
                                .routing(routing -> routing.any(new OperationsHandler(metrics, health, json))))
                .build();
    }
}
