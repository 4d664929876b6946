package dev.latchkey.db;

/** The two databases that Latchkey runs on. */
public enum Engine {
    SQLITE,
    POSTGRESQL
}
