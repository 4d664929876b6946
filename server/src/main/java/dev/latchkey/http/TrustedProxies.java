package dev.latchkey.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Finds the client behind the operator's own proxies. The header is believed only as far as trusted machines wrote it: from the
 * right, while the hop that reported is trusted, and only where the socket's peer is trusted at all (RFC 9700 section 4.13).
 */
record TrustedProxies(List<AddressRange> trusted, ForwardedHeader header) {
    InetAddress clientOf(InetAddress peer, List<String> values) {
        if (values.isEmpty() || !isTrusted(peer)) {
            return peer;
        }
        List<Optional<InetAddress>> hops = header.hops(values);
        InetAddress client = peer;
        for (int i = hops.size() - 1; i >= 0; i--) {
            if (hops.get(i).isEmpty()) {
                return client;
            }
            client = hops.get(i).get();
            if (!isTrusted(client)) {
                return client;
            }
        }
        return client;
    }

    boolean isTrusted(InetAddress address) {
        for (AddressRange range : trusted) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
