package dev.latchkey.http;

import dev.latchkey.config.Profile;
import dev.latchkey.config.Settings;
import dev.latchkey.core.Authentication;
import dev.latchkey.core.ClientId;
import dev.latchkey.core.CredentialKind;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.MutableClock;
import dev.latchkey.core.Principal;
import dev.latchkey.core.Problem;
import dev.latchkey.core.RequestContext;
import dev.latchkey.core.SessionId;
import dev.latchkey.core.UserId;
import dev.latchkey.ephemeral.MemoryExpiringStore;
import dev.latchkey.limit.RateLimits;
import dev.latchkey.metrics.Metrics;
import dev.latchkey.trace.Tracer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A real server on a free port, with routes of the test's own and two well-known users. */
final class TestEdge implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    static final UserId USER = new UserId("019a0000-0000-7000-8000-000000000001");
    static final SessionId SESSION = new SessionId("019a0000-0000-7000-8000-00000000000a");
    static final String CSRF = "csrf-of-" + SESSION;

    final MutableClock clock = new MutableClock(NOW);
    final Metrics metrics = new Metrics();
    final ByteArrayOutputStream accessLog = new ByteArrayOutputStream();
    final List<HealthCheck> checks = new ArrayList<>();
    private final Mount api = new Mount("/api/v1/test", ErrorShape.NATIVE);
    private final List<Mount> mounts = new ArrayList<>(List.of(api));
    private final Map<String, String> settings = new HashMap<>(Map.of("server.port", "0", "limits.enabled", "false"));
    private final HttpClient client =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private Tracer tracer = Tracer.off();
    private Profile profile = Profile.DEVELOPMENT;
    private @Nullable HttpServer server;

    static TestEdge create() {
        return new TestEdge();
    }

    TestEdge set(String key, String value) {
        settings.put(key, value);
        return this;
    }

    TestEdge tracing(Tracer on) {
        tracer = on;
        return this;
    }

    TestEdge production() {
        profile = Profile.PRODUCTION;
        return set("limits.enabled", "true");
    }

    TestEdge mount(Mount mount) {
        mounts.add(mount);
        return this;
    }

    /** The mount {@code /api/v1/test}. */
    Mount api() {
        return api;
    }

    TestEdge start() {
        HttpConfig config = HttpConfig.from(Settings.of(HttpConfig.settings(), settings));
        HttpServer started = new HttpServer(
                config,
                profile,
                mounts,
                new HttpServer.Needs(
                        new Users(),
                        (session, presented) -> presented.equals("csrf-of-" + session),
                        new RateLimits(new MemoryExpiringStore(clock), new MemoryExpiringStore(clock), clock),
                        ErrorPages.plain(),
                        checks,
                        AccessLog.to(accessLog, clock),
                        Refusals.untold(),
                        PageSources.NONE,
                        tracer,
                        roles -> false),
                metrics,
                clock,
                new Json());
        started.start();
        server = started;
        return this;
    }

    HttpServer server() {
        return Objects.requireNonNull(server);
    }

    int port() {
        return server().port();
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(HttpRequest.newBuilder(uri(path)), headers);
    }

    HttpResponse<String> post(String path, String json, String... headers) {
        return send(
                HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json)),
                headers);
    }

    HttpResponse<String> send(String method, String path, String... headers) {
        return send(HttpRequest.newBuilder(uri(path)).method(method, HttpRequest.BodyPublishers.noBody()), headers);
    }

    HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> operations(String path) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server().operationsPort() + path)));
    }

    /** Exactly these bytes; the whole answer, until the server closes. */
    String raw(String request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String rawGet(String target, String... headerLines) {
        StringBuilder request = new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: localhost:" + port() + "\r\n");
        for (String line : headerLines) {
            request.append(line).append("\r\n");
        }
        return raw(request + "Connection: close\r\n\r\n");
    }

    URI uri(String path) {
        return URI.create("http://localhost:" + port() + path);
    }

    /**
     * Whether {@code socket} is closed once no request came for long enough. A request ends a moment after its answer was sent, so
     * the time may count from later on.
     */
    boolean closesIdle(Socket socket) throws IOException {
        socket.setSoTimeout(500);
        for (int i = 0; i < 20; i++) {
            clock.advance(ConnectionWatch.NEXT_REQUEST.plusMillis(1));
            server().tend();
            try {
                socket.getInputStream().readAllBytes();
                return true;
            } catch (SocketTimeoutException open) {
                // Not yet.
            } catch (SocketException reset) {
                return true;
            }
        }
        return false;
    }

    /** The access log of everything so far; closes the server. */
    String closedLog() {
        close();
        return accessLog.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }

    /** Tokens are {@code <name>}: user, admin, old (proved long ago), expired; sessions and API keys likewise. */
    private static final class Users implements Authenticator {
        @Override
        public Principal bearer(String token, RequestContext context) {
            return who(token, CredentialKind.BEARER);
        }

        @Override
        public Principal session(String secret, boolean fromCookie, RequestContext context) {
            return who(secret, fromCookie ? CredentialKind.COOKIE : CredentialKind.SESSION_HEADER);
        }

        @Override
        public Principal apiKey(String key, RequestContext context) {
            return who(key, CredentialKind.API_KEY);
        }

        private static Principal who(String name, CredentialKind kind) {
            return switch (name) {
                case "user" -> signedIn(kind, NOW, Set.of("USER"));
                case "admin" -> signedIn(kind, NOW, Set.of("USER", "ADMIN"));
                case "two" ->
                    signedIn(kind, NOW.minus(Duration.ofMinutes(6)), Set.of("USER"), Set.of("pwd", "otp", "mfa"));
                case "old" -> signedIn(kind, NOW.minus(Duration.ofMinutes(16)), Set.of("USER"));
                case "expired" -> throw Problem.of(ErrorCode.TOKEN_EXPIRED);
                default ->
                    throw Problem.of(
                            kind == CredentialKind.BEARER ? ErrorCode.INVALID_TOKEN : ErrorCode.INVALID_SESSION);
            };
        }

        private static Principal signedIn(CredentialKind kind, Instant at, Set<String> roles) {
            return signedIn(kind, at, roles, Set.of("pwd"));
        }

        private static Principal signedIn(CredentialKind kind, Instant at, Set<String> roles, Set<String> methods) {
            return new Principal.SignedIn(
                    USER,
                    SESSION,
                    kind,
                    1,
                    new Authentication(at, methods),
                    roles,
                    ClientId.FIRST_PARTY,
                    Optional.empty());
        }
    }
}
