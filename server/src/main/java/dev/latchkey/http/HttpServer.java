package dev.latchkey.http;

import dev.latchkey.config.Profile;
import dev.latchkey.crypto.DistinctIds;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.limit.RateLimits;
import dev.latchkey.metrics.Metrics;
import dev.latchkey.trace.Tracer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/**
 * The server's listeners: everything mounted on the main one, metrics and health detail on the operations one, and one that sends
 * plain HTTP to HTTPS where that is wanted.
 *
 * <p>Takes what it serves and never looks it up: build the mounts, give them here, {@link #start()}, and {@link #close()} to
 * finish what is being served and stop.
 */
public final class HttpServer implements AutoCloseable {
    /**
     * What the edge needs of those above it.
     *
     * @param needsTwoFactors whether users with these roles act in them only after proving two factors
     * @param checks what must be well before the server counts as ready
     * @param sources what pages may load from others
     */
    public record Needs(
            Authenticator authenticator,
            CsrfTokens csrf,
            RateLimits limits,
            ErrorPages errorPages,
            List<HealthCheck> checks,
            AccessLog accessLog,
            Refusals refusals,
            PageSources sources,
            Tracer tracer,
            Predicate<Set<String>> needsTwoFactors) {
        public Needs {
            checks = List.copyOf(checks);
        }
    }

    private static final Duration BODY_TIME = Duration.ofSeconds(30);
    private static final long BODY_ROOM = 64L << 20;
    /** A body may be held thrice for a moment: while it grows, whole, and as what was read from it. */
    private static final long HEAP_PER_BODY_BYTE = 8;

    private final HttpConfig config;
    private final Json json;
    private final RouteTable routes;
    private final Origins origins;
    private final Health health;
    private final AccessLog accessLog;
    private final InFlight inFlight = new InFlight();
    private final Optional<CertificateWatch> certificate;
    private final Listeners listeners;

    /**
     * Wires the edge; opens nothing.
     *
     * @throws IllegalArgumentException where two mounts claim the same route, or production would run without rate limits
     * @throws IllegalStateException where the certificate or its key cannot be used; the message says why and what to do
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
        this.json = json;
        this.accessLog = needs.accessLog();
        this.health = new Health(needs.checks());
        metrics.gauge(
                "latchkey_ready",
                "1 while this server takes traffic, 0 while it does not.",
                () -> health.isReady() ? 1 : 0);
        this.origins = new Origins(config, profile);
        boolean https = "https".equals(config.effectivePublicUrl().getScheme());
        CookieNames cookies = new CookieNames(https);
        SecurityHeaders security = new SecurityHeaders(https, needs.sources(), config.corsOrigins());
        boolean docs = config.servesDocs(profile);
        this.routes = new RouteTable(all(mounts, docs, security.docsPolicy()));
        Envelope envelope = new Envelope(clock);
        Cors cors = new Cors(origins);
        BodyReader bodies = new BodyReader(config.maxBody(), BODY_TIME, new BodyRoom(bodyRoom(config.maxBody())));
        ErrorMapper errors = new ErrorMapper(json, envelope, needs.errorPages());
        DistinctIds ids = new DistinctIds(new Secrets(clock), clock);
        Semaphore places = new Semaphore(config.maxConcurrentRequests());
        metrics.gauge(
                "latchkey_http_in_flight",
                "Requests being served.",
                () -> config.maxConcurrentRequests() - places.availablePermits());
        metrics.gauge(
                "latchkey_http_in_flight_limit",
                "Requests served at once at most; others are answered 503.",
                config::maxConcurrentRequests);
        Edge edge = new Edge(
                routes,
                new EdgeFilters(
                        bodies,
                        new RouteLimits(needs.limits(), config.limits(), metrics, needs.refusals()),
                        new Credentials(needs.authenticator()),
                        new CsrfCheck(needs.csrf(), origins),
                        new AccessCheck(config, profile, clock, needs.refusals(), needs.needsTwoFactors()),
                        cors),
                new EdgeAnswers(new ReplyWriter(json, envelope, security, cors, cookies), errors),
                new Reading(json, bodies, cookies, needs.errorPages()::language),
                new PeerCheck(new TrustedProxies(config.trustedProxies(), config.forwardedHeader())),
                new RequestMeasures(metrics, accessLog, new LoggedPath(routes.routes())),
                new RequestSpans(needs.tracer(), config.scheme()),
                ids,
                places,
                inFlight);
        this.certificate = config.https().map(files -> new CertificateWatch(files, metrics, clock));
        this.listeners = new Listeners(
                config,
                certificate.map(CertificateWatch::tls),
                edge,
                new OperationsHandler(metrics, health, json, clock),
                new TransportErrors(routes, errors, security, ids),
                clock);
    }

    /** All routes, the edge's own included. */
    public RouteTable routes() {
        return routes;
    }

    /**
     * Opens the listeners.
     *
     * @throws IllegalStateException where one cannot be opened; the message says which and what to do
     */
    public void start() {
        listeners.open();
        origins.listeningOn(listeners.port());
    }

    /** The port that was taken. */
    public int port() {
        return listeners.port();
    }

    public int operationsPort() {
        return listeners.operationsPort();
    }

    /** Where plain HTTP is sent to HTTPS, if anywhere. */
    public Optional<Integer> redirectPort() {
        return listeners.redirectPort();
    }

    /** What is due every few seconds: connections that bring nothing are closed, a changed certificate is taken over. */
    public void tend() {
        listeners.watch().closeStale();
        certificate.ifPresent(CertificateWatch::look);
    }

    /** Says not ready, finishes what is being served for as long as the configuration allows, and closes the listeners. */
    @Override
    public void close() {
        health.drain();
        inFlight.close(config.drain());
        listeners.close();
        accessLog.close();
    }

    /** Room for one body at least, or nothing of that size could be sent. */
    private static long bodyRoom(long largest) {
        return Math.max(Math.min(BODY_ROOM, Runtime.getRuntime().maxMemory() / HEAP_PER_BODY_BYTE), largest);
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
}
