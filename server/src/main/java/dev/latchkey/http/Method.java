package dev.latchkey.http;

import java.util.Optional;

/** The methods that routes are declared with; HEAD is answered by GET and OPTIONS by the edge. */
public enum Method {
    GET,
    POST,
    PUT,
    PATCH,
    DELETE;

    /** The method that answers this request method: GET also answers HEAD; empty for any that no route is declared with. */
    static Optional<Method> of(String name) {
        return switch (name) {
            case "GET", "HEAD" -> Optional.of(GET);
            case "POST" -> Optional.of(POST);
            case "PUT" -> Optional.of(PUT);
            case "PATCH" -> Optional.of(PATCH);
            case "DELETE" -> Optional.of(DELETE);
            default -> Optional.empty();
        };
    }

    /** Whether it only reads (RFC 9110 section 9.2.1). */
    boolean isSafe() {
        return this == GET;
    }
}
