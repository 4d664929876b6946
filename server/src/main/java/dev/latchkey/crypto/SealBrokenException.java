package dev.latchkey.crypto;

/**
 * A sealed value cannot be opened: it was changed, belongs to another row or purpose, or its key is gone. Which one is not said,
 * except that an unknown master key is named, because that is for the operator to mend.
 */
public final class SealBrokenException extends RuntimeException {
    SealBrokenException(String message) {
        super(message);
    }
}
