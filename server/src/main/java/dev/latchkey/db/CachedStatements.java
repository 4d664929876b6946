package dev.latchkey.db;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/** Keeps the prepared statements of one SQLite connection, least recently used out first. For one thread at a time. */
final class CachedStatements implements StatementBuilder {
    private static final int KEPT = 256;

    private final StatementBuilder uncached;
    private final LinkedHashMap<String, PreparedStatement> idle = new LinkedHashMap<>(KEPT, 0.75f, true);
    private final IdentityHashMap<Statement, String> busy = new IdentityHashMap<>();

    CachedStatements(Connection connection) {
        this.uncached = DefaultStatementBuilder.FACTORY.createStatementBuilder(connection);
    }

    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context) throws SQLException {
        if (context.isReturningGeneratedKeys() || context.isConcurrentUpdatable()) {
            return uncached.create(connection, sql, context);
        }
        PreparedStatement kept = idle.remove(sql);
        PreparedStatement statement = kept == null ? connection.prepareStatement(sql) : kept;
        busy.put(statement, sql);
        return statement;
    }

    @Override
    public void close(Connection connection, String sql, Statement statement) throws SQLException {
        String prepared = busy.remove(statement);
        if (prepared == null) {
            statement.close();
        } else {
            keep(prepared, (PreparedStatement) statement);
        }
    }

    private void keep(String sql, PreparedStatement statement) throws SQLException {
        statement.clearParameters();
        PreparedStatement twin = idle.put(sql, statement);
        if (twin != null) {
            twin.close();
        }
        if (idle.size() > KEPT) {
            PreparedStatement oldest = idle.pollFirstEntry().getValue();
            oldest.close();
        }
    }

    /** Closes what a closure left open: an open cursor would keep the connection from committing. */
    void reclaim() throws SQLException {
        if (!busy.isEmpty()) {
            List<Statement> left = new ArrayList<>(busy.keySet());
            busy.clear();
            for (Statement statement : left) {
                statement.close();
            }
        }
    }

    @Override
    public void close(Connection connection) {
        idle.clear();
        busy.clear();
    }

    @Override
    public Statement create(Connection connection, StatementContext context) throws SQLException {
        return uncached.create(connection, context);
    }

    @Override
    public CallableStatement createCall(Connection connection, String sql, StatementContext context)
            throws SQLException {
        return uncached.createCall(connection, sql, context);
    }
}
