package dev.latchkey.transfer;

/** A file cannot be read as users at all. The message is a sentence for people that says what to do. */
public final class UserFileException extends RuntimeException {
    public UserFileException(String sentence) {
        super(sentence, null, false, false);
    }
}
