package dev.latchkey.http;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/** Reads literal addresses, and nothing that would need a name server. */
final class AddressText {
    private static final int MAX_LENGTH = 45;

    private AddressText() {}

    static Optional<InetAddress> parse(String text) {
        String literal = text.strip();
        if (literal.isEmpty() || literal.length() > MAX_LENGTH || literal.indexOf('%') >= 0) {
            return Optional.empty();
        }
        try {
            if (literal.indexOf(':') >= 0) {
                return Optional.of(Inet6Address.ofLiteral(literal));
            }
            return dots(literal) == 3 ? Optional.of(Inet4Address.ofLiteral(literal)) : Optional.empty();
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    /** As proxies write it: with a port behind it, in brackets, in quotes. */
    static Optional<InetAddress> parseNode(String node) {
        String text = node.strip();
        if (text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")) {
            text = text.substring(1, text.length() - 1);
        }
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            return end < 0 ? Optional.empty() : parse(text.substring(1, end));
        }
        int colon = text.indexOf(':');
        boolean port = colon >= 0 && text.indexOf(':', colon + 1) < 0;
        return parse(port ? text.substring(0, colon) : text);
    }

    private static int dots(String text) {
        return (int) text.chars().filter(c -> c == '.').count();
    }
}
