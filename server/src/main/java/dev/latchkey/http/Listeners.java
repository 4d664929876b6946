package dev.latchkey.http;

import dev.latchkey.core.OperationalException;
import io.helidon.common.socket.SocketOptions;
import io.helidon.common.tls.Tls;
import io.helidon.http.DirectHandler;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.Handler;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The sockets the server listens on, and what may come in through each. */
final class Listeners {
    private static final String OPERATIONS = "operations";
    private static final String REDIRECT = "redirect";
    private static final int MAX_CONNECTIONS = 10_000;
    private static final Duration READ_TIME = Duration.ofSeconds(30);
    // Whatever is to be finished has been by then.
    private static final Duration STOP = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final HttpConfig config;
    private final Optional<CurrentTls> tls;
    private final ConnectionWatch watch;
    private final WebServer server;

    /**
     * @param edge answers on the main listener
     * @param operations answers on the operations listener
     * @param transportErrors answers what does not become a request
     */
    Listeners(
            HttpConfig config,
            Optional<CurrentTls> tls,
            Handler edge,
            Handler operations,
            DirectHandler transportErrors,
            Clock clock) {
        NoDiscovery.install();
        this.config = config;
        this.tls = tls;
        // Without TCP_NODELAY an HTTP/2 answer, which is two writes, waits 40 ms for the client's delayed
        // acknowledgement.
        this.watch = new ConnectionWatch(
                SocketOptions.builder().readTimeout(READ_TIME).tcpNoDelay(true).build(), clock);
        this.server = build(edge, operations, transportErrors);
    }

    /** @throws OperationalException where one cannot be opened; the message says which and what to do */
    void open() {
        server.start();
        // A listener that cannot be opened is only logged by the web server.
        if (!server.isRunning()) {
            Optional<Integer> redirect = config.https().flatMap(HttpsConfig::redirectPort);
            throw new OperationalException("cannot listen on " + config.host() + " port " + config.port()
                    + redirect.map(port -> " and " + port).orElse("") + " and " + config.operationsHost() + " port "
                    + config.operationsPort()
                    + ": is another server running? Stop it, or choose other ports (server.port, operations.port"
                    + (redirect.isPresent() ? ", server.tls.redirect-port" : "") + ").");
        }
    }

    int port() {
        return server.port();
    }

    int operationsPort() {
        return server.port(OPERATIONS);
    }

    Optional<Integer> redirectPort() {
        return config.https().flatMap(HttpsConfig::redirectPort).map(wanted -> server.port(REDIRECT));
    }

    ConnectionWatch watch() {
        return watch;
    }

    void close() {
        server.stop();
    }

    private WebServer build(Handler edge, Handler operations, DirectHandler transportErrors) {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(type, transportErrors);
        }
        WebServerConfig.Builder builder = WebServer.builder()
                .featuresDiscoverServices(false)
                .shutdownHook(false)
                .directHandlers(handlers.build());
        bounded(builder, config.host(), config.port(), edge);
        boolean secure = config.https().isPresent();
        builder.connectionSelectors(secure || config.h2c() ? EitherHttp.http1And2() : EitherHttp.http1());
        secured(builder, secure);
        builder.putSocket(OPERATIONS, socket -> {
            bounded(socket, config.operationsHost(), config.operationsPort(), operations);
            socket.connectionSelectors(EitherHttp.http1());
            secured(socket, config.operationsTls());
        });
        config.https()
                .flatMap(HttpsConfig::redirectPort)
                .ifPresent(port -> builder.putSocket(REDIRECT, socket -> {
                    bounded(socket, config.host(), port, new RedirectHandler(() -> config.origin(port())));
                    socket.connectionSelectors(EitherHttp.http1());
                }));
        return builder.build();
    }

    private void bounded(ListenerConfig.BuilderBase<?, ?> listener, String host, int port, Handler handler) {
        listener.host(host)
                .port(port)
                .protocolsDiscoverServices(false)
                .concurrencyLimitDiscoverServices(false)
                // Bodies are bounded by the edge: what the web server refuses over HTTP/2 is never answered (Helidon
                // 4.5.0).
                .maxTcpConnections(MAX_CONNECTIONS)
                .idleConnectionTimeout(IDLE)
                .connectionOptions(watch)
                .shutdownGracePeriod(STOP)
                .routing(routing -> routing.any(watch.around(handler)));
    }

    private void secured(ListenerConfig.BuilderBase<?, ?> listener, boolean secure) {
        if (secure) {
            listener.tls(Tls.builder().sslContext(tls.orElseThrow().asContext()).build())
                    // Otherwise it asks the name service who every client is before it shakes hands (Helidon 4.5.0).
                    .useNio(false);
        }
    }
}
