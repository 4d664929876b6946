package dev.latchkey.boot.doctor;

import dev.latchkey.http.AddressRange;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Tells near addresses from far ones by their digits; no name is looked up. */
final class Addresses {
    private static final List<AddressRange> NEAR = List.of(
                    "127.0.0.0/8",
                    "10.0.0.0/8",
                    "172.16.0.0/12",
                    "192.168.0.0/16",
                    "169.254.0.0/16",
                    "::1/128",
                    "fc00::/7",
                    "fe80::/10")
            .stream()
            .flatMap(range -> AddressRange.parse(range).stream())
            .toList();

    private Addresses() {}

    static boolean isLiteral(String host) {
        return AddressRange.parse(host).isPresent();
    }

    static boolean isLoopback(String host) {
        return host.equals("localhost")
                || literal(host).filter(InetAddress::isLoopbackAddress).isPresent();
    }

    /** Loopback or of a private network. */
    static boolean isNear(String host) {
        return isLoopback(host)
                || literal(host)
                        .filter(address -> NEAR.stream().anyMatch(range -> range.contains(address)))
                        .isPresent();
    }

    private static Optional<InetAddress> literal(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return AddressRange.parse(bare).map(AddressRange::network);
    }
}
