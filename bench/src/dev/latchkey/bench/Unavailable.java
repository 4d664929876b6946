package dev.latchkey.bench;

/** This machine lacks what a bench needs; the message says what, and where to get it. */
final class Unavailable extends Exception {
    private static final long serialVersionUID = 1;

    Unavailable(String message) {
        super(message);
    }
}
