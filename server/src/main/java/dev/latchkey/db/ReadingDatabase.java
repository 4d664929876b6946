package dev.latchkey.db;

import java.util.OptionalLong;

/** A database of which this process only reads: nothing is written by mistake, and no thread and no lock waits to write. */
final class ReadingDatabase implements Database {
    /** What reads. */
    interface Readers {
        <T> T read(Work<Sql, T> work);

        void close();
    }

    private final Engine engine;
    private final Readers readers;

    ReadingDatabase(SqliteReaders readers) {
        this(Engine.SQLITE, readers);
    }

    ReadingDatabase(PostgresDatabase postgres) {
        this(Engine.POSTGRESQL, new Readers() {
            @Override
            public <T> T read(Work<Sql, T> work) {
                return postgres.read(work);
            }

            @Override
            public void close() {
                postgres.close();
            }
        });
    }

    private ReadingDatabase(Engine engine, Readers readers) {
        this.engine = engine;
        this.readers = readers;
    }

    @Override
    public <T> T tx(Work<Tx, T> work) {
        throw new IllegalStateException("this database was opened for reading only");
    }

    @Override
    public <T> T bulk(Work<Tx, T> work) {
        return tx(work);
    }

    @Override
    public <T> T read(Work<Sql, T> work) {
        if (engine == Engine.SQLITE) {
            Nesting.refuseRead();
        }
        return readers.read(work);
    }

    @Override
    public int waiting() {
        return 0;
    }

    @Override
    public Engine engine() {
        return engine;
    }

    @Override
    public OptionalLong dataVersion() {
        return OptionalLong.empty();
    }

    @Override
    public boolean writable() {
        return false;
    }

    /** It is closed before long. */
    @Override
    public void rest() {}

    @Override
    public void close() {
        readers.close();
    }
}
