package dev.latchkey.passkey;

/** The list of models cannot be used. The message says why, for the log. */
final class MetadataException extends Exception {
    private static final long serialVersionUID = 1L;

    MetadataException(String message) {
        super(message);
    }

    MetadataException(String message, Throwable cause) {
        super(message, cause);
    }
}
