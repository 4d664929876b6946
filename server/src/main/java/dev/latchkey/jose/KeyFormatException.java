package dev.latchkey.jose;

/** A key that was brought here cannot be used. The message is a sentence for people that says what to do. */
public final class KeyFormatException extends RuntimeException {
    KeyFormatException(String message) {
        super(message);
    }
}
