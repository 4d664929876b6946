package dev.latchkey.db;

import dev.latchkey.trace.Span;
import dev.latchkey.trace.SpanKind;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** A database whose transactions and reads are spans of whatever request they serve; waiting for a turn counts. */
public final class TracedDatabase implements Database {
    private final Database database;
    private final String system;

    public TracedDatabase(Database database) {
        this.database = database;
        this.system = switch (database.engine()) {
            case SQLITE -> "sqlite";
            case POSTGRESQL -> "postgresql";
        };
    }

    @Override
    public <T> T tx(Work<Tx, T> work) {
        return traced("TRANSACTION", () -> database.tx(work));
    }

    @Override
    public <T> T bulk(Work<Tx, T> work) {
        return traced("TRANSACTION", () -> database.bulk(work));
    }

    @Override
    public <T> T read(Work<Sql, T> work) {
        return traced("READ", () -> database.read(work));
    }

    private <T> T traced(String operation, Supplier<T> work) {
        return Span.during(operation, SpanKind.CLIENT, () -> {
            Span.current().ifPresent(span -> {
                span.attribute("db.system.name", system);
                span.attribute("db.operation.name", operation);
            });
            return work.get();
        });
    }

    @Override
    public int waiting() {
        return database.waiting();
    }

    @Override
    public Engine engine() {
        return database.engine();
    }

    @Override
    public OptionalLong dataVersion() {
        return database.dataVersion();
    }

    @Override
    public boolean writable() {
        return database.writable();
    }

    @Override
    public void rest() {
        database.rest();
    }

    @Override
    public void close() {
        database.close();
    }
}
