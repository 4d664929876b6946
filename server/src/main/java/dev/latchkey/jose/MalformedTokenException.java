package dev.latchkey.jose;

/** A text is not a token in the strict form we make and take. Quotes nothing of the token. */
public final class MalformedTokenException extends RuntimeException {
    private final String reason;

    MalformedTokenException(String message) {
        // No stack trace: hostile clients can cause many of these.
        super(message, null, false, false);
        this.reason = message;
    }

    /** What is wrong with it, for the log. */
    public String reason() {
        return reason;
    }
}
