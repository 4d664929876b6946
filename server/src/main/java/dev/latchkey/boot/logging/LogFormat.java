package dev.latchkey.boot.logging;

/** What a log line looks like. */
public enum LogFormat {
    /** JSON in production, plain text in development. */
    AUTO,
    JSON,
    PLAIN
}
