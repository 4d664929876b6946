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

    private final SqliteFiles files;
    private final Connection connection;
    private final CachedStatements statements;
    private final Handle handle;
    private final Map<SqliteCommand, PreparedStatement> commands;
    private final SqliteCommand.Runner runner;
    private int closuresSinceCheckpoint;
    private long walBytesAtCheckpoint;

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
        this.walBytesAtCheckpoint = files.walBytes();
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
        if (closuresSinceCheckpoint >= CLOSURES_PER_CHECKPOINT
                || files.walBytes() - walBytesAtCheckpoint > BYTES_PER_CHECKPOINT) {
            checkpoint();
        }
    }

    boolean needsCheckpoint() {
        return closuresSinceCheckpoint > 0;
    }

    /** Copies the log into the database file as far as readers let it; what is left waits for the next time. */
    void checkpoint() {
        closuresSinceCheckpoint = 0;
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
        } catch (SQLException failed) {
            LOG.log(Level.WARNING, "SQLite could not fold its log into the database file: {0}", failed.getMessage());
        }
        walBytesAtCheckpoint = files.walBytes();
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
