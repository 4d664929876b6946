package dev.latchkey.http;

/** The methods that routes are declared with; HEAD is answered by GET and OPTIONS by the edge. */
public enum Method {
    GET,
    POST,
    PUT,
    PATCH,
    DELETE
}
