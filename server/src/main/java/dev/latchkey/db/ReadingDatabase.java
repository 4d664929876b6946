package dev.latchkey.db;

import java.util.OptionalLong;

/** A database of which this process only reads: nothing is written by mistake, and no thread and no lock waits to write. */
final class ReadingDatabase implements Database {
    private final SqliteReaders readers;

    ReadingDatabase(SqliteReaders readers) {
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
        Nesting.refuseRead();
        return readers.read(work);
    }

    @Override
    public int waiting() {
        return 0;
    }

    @Override
    public Engine engine() {
        return Engine.SQLITE;
    }

    @Override
    public OptionalLong dataVersion() {
        return OptionalLong.empty();
    }

    @Override
    public boolean writable() {
        return false;
    }

    @Override
    public void close() {
        readers.close();
    }
}
