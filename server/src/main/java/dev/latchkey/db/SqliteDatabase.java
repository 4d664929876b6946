package dev.latchkey.db;

import dev.latchkey.core.OperationalException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** SQLite: one writer thread with group commit, a few readers, one file. */
final class SqliteDatabase implements Database {
    private final WriteQueue queue = new WriteQueue();
    private final SqliteFiles files;
    private final SqliteReaders readers;
    private final Thread writer;
    private @Nullable Connection watch;

    private SqliteDatabase(Path file, int readers, UnaryOperator<SqliteCommand.Runner> faults) throws SQLException {
        this.files = new SqliteFiles(file);
        this.readers = new SqliteReaders(files, readers);
        this.writer =
                Thread.ofPlatform().name("sqlite-writer").daemon().unstarted(new SqliteWriter(queue, files, faults));
    }

    static SqliteDatabase open(Path file, int readers) {
        return open(file, readers, UnaryOperator.identity());
    }

    /** With {@code faults} between the writer and its connection, for tests. */
    static SqliteDatabase open(Path file, int readers, UnaryOperator<SqliteCommand.Runner> faults) {
        try {
            SqliteDatabase database = new SqliteDatabase(file, readers, faults);
            database.writer.start();
            return database;
        } catch (SQLException failed) {
            throw new OperationalException(
                    "The database file " + file.toAbsolutePath() + " cannot be opened: " + failed.getMessage()
                            + ". Check that it is a Latchkey database and that this user may write to its folder.",
                    failed);
        }
    }

    @Override
    public <T> T tx(Work<Tx, T> work) {
        return write(work, WriteQueue.Lane.REQUEST);
    }

    @Override
    public <T> T bulk(Work<Tx, T> work) {
        return write(work, WriteQueue.Lane.BULK);
    }

    private <T> T write(Work<Tx, T> work, WriteQueue.Lane lane) {
        Nesting.refuseTransaction();
        WriteTask<T> task = new WriteTask<>(work);
        if (!queue.offer(task, lane)) {
            throw SqliteWriter.unavailable("the write queue is full or stopped");
        }
        return task.await();
    }

    @Override
    public <T> T read(Work<Sql, T> work) {
        Nesting.refuseRead();
        return readers.read(work);
    }

    @Override
    public Engine engine() {
        return Engine.SQLITE;
    }

    @Override
    public boolean writable() {
        return queue.isOpen();
    }

    /** From a connection of its own, on which nothing is ever written: the number moves for every other connection's commit. */
    @Override
    public synchronized OptionalLong dataVersion() {
        try {
            if (watch == null) {
                watch = files.reader();
            }
            try (Statement statement = watch.createStatement();
                    ResultSet row = statement.executeQuery("PRAGMA data_version")) {
                return OptionalLong.of(row.getLong(1));
            }
        } catch (SQLException failed) {
            throw SqliteWriter.unavailable("cannot read data_version: " + failed.getMessage());
        }
    }

    @Override
    public void rest() {
        readers.rest();
    }

    @Override
    public int waiting() {
        return queue.waiting();
    }

    @Override
    public void close() {
        queue.close();
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        readers.close();
        closeWatch();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void closeWatch() {
        try {
            if (watch != null) {
                watch.close();
            }
        } catch (SQLException ignored) {
            watch = null;
        }
    }
}
