package dev.latchkey.db;

import java.util.OptionalLong;

/** The database, whichever engine it is. Closing it lets queued work finish. */
public interface Database extends AutoCloseable {
    /** A closure of statements. It may run more than once, so it does nothing but SQL and {@link Tx#afterCommit}. */
    @FunctionalInterface
    interface Work<S extends Sql, T> {
        T run(S sql);
    }

    /**
     * Runs a use case's writes in one transaction; returns when they are durable. An exception rolls back and is rethrown as it
     * is.
     *
     * @throws IllegalStateException inside another {@code tx}: one use case has one transaction
     * @throws dev.latchkey.core.Problem {@code SERVICE_UNAVAILABLE} when the write queue or the pool is full, or the database is
     *     away
     */
    <T> T tx(Work<Tx, T> work);

    /** Like {@link #tx} for background work in slices: never ahead of a request. */
    <T> T bulk(Work<Tx, T> work);

    /**
     * Reads on a connection that cannot write, seeing one committed state per statement.
     *
     * @throws IllegalStateException inside a transaction or another read: pass its {@link Sql} on
     * @throws dev.latchkey.core.Problem {@code SERVICE_UNAVAILABLE} when no connection is free in time
     */
    <T> T read(Work<Sql, T> work);

    /** Callers that wait for their turn to write or for a connection. */
    int waiting();

    Engine engine();

    /**
     * A number that moves whenever something was committed, by this process or another; empty where the engine has none and the
     * caller must query. Much cheaper than a query.
     */
    OptionalLong dataVersion();

    /** Whether writes can succeed now; {@code false} from an unknown commit outcome until the connection was reopened. */
    boolean writable();

    /** To be called now and then: gives back the memory of connections that nobody used for a while. They stay open. */
    void rest();

    @Override
    void close();
}
