package dev.latchkey.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** Finds out whom a request came from. */
final class PeerCheck {
    private static final List<HeaderName> FORWARDING = List.of(
            HeaderNames.FORWARDED,
            HeaderNames.X_FORWARDED_FOR,
            HeaderNames.create("X-Real-IP"),
            HeaderNames.create("Via"));

    private final TrustedProxies proxies;
    private final HeaderName header;

    PeerCheck(TrustedProxies proxies) {
        this.proxies = proxies;
        this.header = HeaderNames.create(proxies.header().headerName());
    }

    Connection connection(ServerRequest request) {
        InetAddress peer = peer(request);
        InetAddress client = proxies.clientOf(peer, request.headers().all(header, List::of));
        return new Connection(peer, client, isForwarded(request), proxies.isTrusted(peer));
    }

    private static boolean isForwarded(ServerRequest request) {
        for (HeaderName name : FORWARDING) {
            if (request.headers().contains(name)) {
                return true;
            }
        }
        return false;
    }

    private static InetAddress peer(ServerRequest request) {
        if (request.remotePeer().address() instanceof InetSocketAddress socket && socket.getAddress() != null) {
            return socket.getAddress();
        }
        throw new IllegalStateException("the peer of a TCP connection has an address");
    }
}
