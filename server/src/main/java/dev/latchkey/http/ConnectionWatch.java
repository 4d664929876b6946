package dev.latchkey.http;

import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.http.Handler;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Closes connections that bring no request: silent ones, those whose TLS handshake does not end, and those whose headers drip.
 * The web server closes idle connections only once they have begun a request and are between two (as of Helidon 4.5.0); all
 * others would hold one of its places for ever.
 *
 * <p>Sees every accepted connection because it is what the web server configures them with.
 */
final class ConnectionWatch implements SocketOptions {
    /** From the connection to its first whole request. */
    static final Duration FIRST_REQUEST = Duration.ofSeconds(30);
    /** From the end of one request to the next whole one. */
    static final Duration NEXT_REQUEST = Duration.ofSeconds(90);

    private static final class Watched extends AtomicInteger {
        private static final long serialVersionUID = 1;
        private final transient SocketChannel channel;
        private volatile long closeAt;

        private Watched(SocketChannel channel, long closeAt) {
            this.channel = channel;
            this.closeAt = closeAt;
        }
    }

    private final SocketOptions options;
    private final Clock clock;
    private final Map<SocketAddress, Watched> open = new ConcurrentHashMap<>();

    ConnectionWatch(SocketOptions options, Clock clock) {
        this.options = options;
        this.clock = clock;
    }

    /** Connections that are open, as far as is known. */
    int size() {
        return open.size();
    }

    @Override
    public void configureSocket(SocketChannel accepted) {
        options.configureSocket(accepted);
        try {
            SocketAddress peer = accepted.getRemoteAddress();
            if (peer != null) {
                open.put(peer, new Watched(accepted, clock.millis() + FIRST_REQUEST.toMillis()));
            }
        } catch (IOException gone) {
            // It was closed before it was looked at; reading from it will tell.
        }
    }

    /** {@code handler}, during which the connection is not closed for want of requests. */
    Handler around(Handler handler) {
        return (request, response) -> {
            Watched watched = open.get(request.remotePeer().address());
            if (watched == null) {
                handler.handle(request, response);
                return;
            }
            watched.incrementAndGet();
            try {
                handler.handle(request, response);
            } finally {
                watched.closeAt = clock.millis() + NEXT_REQUEST.toMillis();
                watched.decrementAndGet();
            }
        };
    }

    /** Called every few seconds. */
    void closeStale() {
        long now = clock.millis();
        open.forEach((peer, watched) -> {
            if (!watched.channel.isOpen()) {
                open.remove(peer, watched);
            } else if (watched.get() == 0 && now > watched.closeAt) {
                close(watched.channel);
                open.remove(peer, watched);
            }
        });
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException alreadyBroken) {
            // Closed is all it should be.
        }
    }

    @Override
    public Map<SocketOption<?>, Object> socketOptions() {
        return options.socketOptions();
    }

    @Override
    public Duration connectTimeout() {
        return options.connectTimeout();
    }

    @Override
    public Duration readTimeout() {
        return options.readTimeout();
    }

    @Override
    public Optional<Integer> socketReceiveBufferSize() {
        return options.socketReceiveBufferSize();
    }

    @Override
    public Optional<Integer> socketSendBufferSize() {
        return options.socketSendBufferSize();
    }

    @Override
    public boolean socketReuseAddress() {
        return options.socketReuseAddress();
    }

    @Override
    public boolean socketKeepAlive() {
        return options.socketKeepAlive();
    }

    @Override
    public boolean tcpNoDelay() {
        return options.tcpNoDelay();
    }
}
