package dev.latchkey.redis;

import java.util.List;
import java.util.stream.Collectors;

/** A host and its port, written {@code host}, {@code host:port} or {@code [v6 address]:port}. */
public record RedisAddress(String host, int port) {
    static final String COMPLAINT = "must be hosts, each with a port behind a colon or without one";
    private static final int MAX_PORT = 65_535;

    /** @throws IllegalArgumentException when it is not written so */
    static RedisAddress parse(String text, int usualPort) {
        int bracket = text.lastIndexOf(']');
        int colon = text.indexOf(':', Math.max(bracket, 0));
        String host = colon < 0 ? text : text.substring(0, colon);
        int port = colon < 0 ? usualPort : Integer.parseInt(text.substring(colon + 1));
        if (host.isEmpty() || port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException(COMPLAINT);
        }
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        return new RedisAddress(bracketed ? host.substring(1, host.length() - 1) : host, port);
    }

    static List<RedisAddress> all(List<String> texts, int usualPort) {
        return texts.stream().map(text -> parse(text, usualPort)).toList();
    }

    static boolean accepts(List<String> texts) {
        try {
            return !all(texts, 1).isEmpty();
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    static String joined(List<RedisAddress> addresses) {
        return addresses.stream().map(RedisAddress::toString).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
