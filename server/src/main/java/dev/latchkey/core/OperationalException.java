package dev.latchkey.core;

/**
 * What was asked for cannot be done as things are, and no mistake of the program's is to blame: the database is away, another
 * server is running. The message is sentences for the operator that say what happened and what to do.
 */
public final class OperationalException extends IllegalStateException {
    public OperationalException(String sentences) {
        super(sentences);
    }

    public OperationalException(String sentences, Throwable cause) {
        super(sentences, cause);
    }
}
