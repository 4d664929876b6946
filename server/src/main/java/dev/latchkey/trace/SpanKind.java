package dev.latchkey.trace;

/** Which side of a call a span is; the numbers are the protocol's. */
public enum SpanKind {
    INTERNAL(1),
    SERVER(2),
    CLIENT(3);

    private final int number;

    SpanKind(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
