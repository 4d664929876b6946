package dev.latchkey.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The header in which the operator's proxies name their clients. Only this one is read: a proxy that writes one passes the
 * other on as its client sent it.
 */
public enum ForwardedHeader {
    X_FORWARDED_FOR("X-Forwarded-For"),
    /** RFC 7239. */
    FORWARDED("Forwarded");

    private final String headerName;

    ForwardedHeader(String headerName) {
        this.headerName = headerName;
    }

    String headerName() {
        return headerName;
    }

    /** The hops from the client's side to ours; empty where a proxy wrote none or something unreadable. */
    List<Optional<InetAddress>> hops(List<String> values) {
        List<Optional<InetAddress>> hops = new ArrayList<>();
        for (String value : values) {
            for (String element : value.split(",", -1)) {
                hops.add(
                        switch (this) {
                            case X_FORWARDED_FOR -> AddressText.parseNode(element);
                            case FORWARDED -> forParameter(element);
                        });
            }
        }
        return hops;
    }

    private static Optional<InetAddress> forParameter(String element) {
        for (String pair : element.split(";", -1)) {
            String trimmed = pair.strip();
            if (trimmed.toLowerCase(Locale.ROOT).startsWith("for=")) {
                return AddressText.parseNode(trimmed.substring("for=".length()));
            }
        }
        return Optional.empty();
    }
}
