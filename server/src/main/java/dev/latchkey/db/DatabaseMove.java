package dev.latchkey.db;

import dev.latchkey.core.OperationalException;
import dev.latchkey.db.DatabaseAddress.PostgresServer;
import dev.latchkey.db.TableShape.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Copies every table of a SQLite database into a PostgreSQL one that was migrated and never used: one snapshot into one
 * transaction. Each table is read back and compared before COMMIT, so that either all of it is there, the same, or nothing.
 */
public final class DatabaseMove {
    private static final int ROWS_A_BATCH = 1_000;

    private final Path source;
    private final PostgresServer target;

    /** Both must be migrated to the same version. */
    public DatabaseMove(Path source, PostgresServer target) {
        this.source = source;
        this.target = target;
    }

    /** Counts rows, each twice: copied and compared. */
    private static final class Steps {
        private final CopyProgress progress;
        private final long all;
        private long done = 0;

        Steps(CopyProgress progress, long all) {
            this.progress = progress;
            this.all = all;
        }

        void one() {
            done++;
            progress.at(done, all);
        }
    }

    /**
     * @return the tables, as they are on both sides now
     * @throws OperationalException when the target was used, cannot be reached or does not hold the same afterwards; nothing is
     *     left in it then
     */
    public List<MovedTable> run(CopyProgress progress) {
        try (Connection from = new SqliteFiles(source).reader();
                Connection to = new PostgresConnections(target).bulk();
                Statement snapshot = from.createStatement()) {
            snapshot.execute("BEGIN");
            to.setAutoCommit(false);
            try {
                List<MovedTable> moved = copy(from, to, progress);
                to.commit();
                return moved;
            } catch (SQLException | RuntimeException failed) {
                to.rollback();
                throw failed;
            } finally {
                snapshot.execute("COMMIT");
            }
        } catch (SQLException failed) {
            throw new OperationalException(
                    "The database could not be moved, and nothing of it is in PostgreSQL: "
                            + String.valueOf(failed.getMessage()).strip() + ".",
                    failed);
        }
    }

    private List<MovedTable> copy(Connection from, Connection to, CopyProgress progress) throws SQLException {
        SqliteTables tables = new SqliteTables(from);
        List<TableShape> shapes = new ArrayList<>();
        long rows = 0;
        for (String name : tables.inOrder()) {
            TableShape shape = TableShape.of(name, to, tables.key(name));
            if (!shape.columns().equals(tables.columns(name))) {
                throw new OperationalException(
                        "The table " + name + " is not the same on both sides. Run the move with the"
                                + " version of Latchkey that both were migrated with.");
            }
            shapes.add(shape);
            rows += tables.count(name);
        }
        lock(to, shapes);
        requireUnused(to, shapes);
        empty(to, shapes);
        Steps steps = new Steps(progress, 2 * rows);
        List<MovedTable> moved = new ArrayList<>();
        for (TableShape shape : shapes) {
            moved.add(copy(shape, from, to, steps));
        }
        return moved;
    }

    private static MovedTable copy(TableShape shape, Connection from, Connection to, Steps steps) throws SQLException {
        Content sent;
        try (PreparedStatement insert = to.prepareStatement(shape.insert())) {
            int[] waiting = {0};
            sent = shape.read(from, row -> {
                shape.bind(insert, row);
                insert.addBatch();
                if (++waiting[0] == ROWS_A_BATCH) {
                    insert.executeBatch();
                    waiting[0] = 0;
                }
                steps.one();
            });
            insert.executeBatch();
        }
        Content arrived = shape.read(to, row -> steps.one());
        if (!arrived.equals(sent)) {
            throw new OperationalException("The table " + shape.name() + " did not arrive as it was (" + sent.rows()
                    + " rows were sent, " + arrived.rows() + " are there; SHA-256 " + sent.sha256() + " and "
                    + arrived.sha256() + "). Nothing was moved.");
        }
        return new MovedTable(shape.name(), sent.rows(), sent.sha256());
    }

    /** A server that was started on the target too soon must wait, and then finds it used. */
    private static void lock(Connection to, List<TableShape> shapes) throws SQLException {
        try (Statement statement = to.createStatement()) {
            statement.execute("LOCK TABLE "
                    + shapes.stream()
                            .map(shape -> TableShape.quoted(shape.name()))
                            .collect(Collectors.joining(", "))
                    + " IN EXCLUSIVE MODE");
        }
    }

    /** Compares with a database that was just migrated: some tables hold rows from the beginning. */
    private static void requireUnused(Connection to, List<TableShape> shapes) throws SQLException {
        Path folder = temporaryFolder();
        try {
            DatabaseConfig fresh = DatabaseConfig.sqliteIn(folder);
            Migrations.of(fresh).migrate();
            try (Connection unused = new SqliteFiles(folder.resolve("latchkey.db")).reader()) {
                for (TableShape shape : shapes) {
                    Content there = shape.read(to, row -> {});
                    if (!there.equals(shape.read(unused, row -> {}))) {
                        throw new OperationalException("The PostgreSQL database is in use: its table " + shape.name()
                                + " has rows of its own (" + there.rows()
                                + "). Make an empty database and give its address.");
                    }
                }
            }
        } finally {
            delete(folder);
        }
    }

    private static void empty(Connection to, List<TableShape> shapes) throws SQLException {
        try (Statement statement = to.createStatement()) {
            for (TableShape shape : shapes.reversed()) {
                statement.execute("DELETE FROM " + TableShape.quoted(shape.name()));
            }
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("latchkey-move");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
