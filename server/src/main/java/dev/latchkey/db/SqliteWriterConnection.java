package dev.latchkey.db;

import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The writer's connection. Stays in the driver's autocommit mode and begins and ends transactions by statements: the driver's
 * own commit begins the next transaction at once and would hold the write lock while the server idles.
 */
final class SqliteWriterConnection implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SqliteWriterConnection.class.getName());

    /** How much is written before the log is copied into the database file even under load. */
    private static final int CLOSURES_PER_CHECKPOINT = 1_000;

    private static final long BYTES_PER_CHECKPOINT = 8L << 20;

    /** From here on a checkpoint waits for readers, since a log that somebody always reads never begins anew. */
    private static final long BYTES_TO_INSIST = SqliteFiles.WAL_BYTES_KEPT + 4 * BYTES_PER_CHECKPOINT;

    /** A reader that is away longer, such as a backup, only makes the log grow until it is done. */
    private static final int INSIST_MILLIS = 100;

    private final SqliteFiles files;
    private final Connection connection;
    private final CachedStatements statements;
    private final Handle handle;
    private final Map<SqliteCommand, PreparedStatement> commands;
    private final SqliteCommand.Runner runner;
    private int closuresSinceCheckpoint;
    private long walFloor;

    private SqliteWriterConnection(SqliteFiles files, Connection connection, UnaryOperator<SqliteCommand.Runner> faults)
            throws SQLException {
        this.files = files;
        this.connection = connection;
        this.statements = new CachedStatements(connection);
        this.handle = PortableTypes.install(Jdbi.create(() -> connection)).open();
        this.handle.setStatementBuilder(statements);
        this.commands = new EnumMap<>(SqliteCommand.class);
        for (SqliteCommand command : SqliteCommand.values()) {
            commands.put(command, connection.prepareStatement(command.sql()));
        }
        this.runner = faults.apply(command -> prepared(command).execute());
        this.walFloor = files.walBytes();
    }

    static SqliteWriterConnection open(SqliteFiles files, UnaryOperator<SqliteCommand.Runner> faults)
            throws SQLException {
        Connection connection = files.writer();
        try {
            return new SqliteWriterConnection(files, connection, faults);
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }

    private PreparedStatement prepared(SqliteCommand command) {
        PreparedStatement statement = commands.get(command);
        if (statement == null) {
            throw new IllegalStateException("not prepared: " + command);
        }
        return statement;
    }

    void run(SqliteCommand command) throws SQLException {
        runner.run(command);
    }

    Handle handle() {
        return handle;
    }

    void reclaimStatements() throws SQLException {
        statements.reclaim();
    }

    /** Whether a transaction can be begun and ended here. */
    void probe() throws SQLException {
        run(SqliteCommand.BEGIN);
        run(SqliteCommand.COMMIT);
    }

    void committed(int closures) {
        closuresSinceCheckpoint += closures;
        long bytes = files.walBytes();
        // Where the log has begun anew SQLite has cut it to what is kept.
        walFloor = Math.min(walFloor, bytes);
        if (closuresSinceCheckpoint >= CLOSURES_PER_CHECKPOINT || bytes - walFloor > BYTES_PER_CHECKPOINT) {
            checkpoint();
        }
    }

    boolean needsCheckpoint() {
        return closuresSinceCheckpoint > 0;
    }

    /**
     * Copies the log into the database file as far as readers let it; what is left waits for the next time. Then the log begins
     * anew, unless somebody still reads it.
     */
    void checkpoint() {
        closuresSinceCheckpoint = 0;
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
            if (files.walBytes() > BYTES_TO_INSIST) {
                insist(statement);
            }
        } catch (SQLException failed) {
            LOG.log(Level.WARNING, "SQLite could not fold its log into the database file: {0}", failed.getMessage());
        }
        walFloor = files.walBytes();
    }

    /** New readers find all they need in the database file, so the wait is for those of now only. */
    private static void insist(Statement statement) throws SQLException {
        statement.execute("PRAGMA busy_timeout=" + INSIST_MILLIS);
        try {
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        } finally {
            statement.execute("PRAGMA busy_timeout=" + SqliteFiles.BUSY_MILLIS);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException failed) {
            LOG.log(Level.WARNING, "SQLite could not close its connection: {0}", failed.getMessage());
        }
    }
}
