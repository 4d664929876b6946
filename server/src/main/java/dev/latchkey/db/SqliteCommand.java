package dev.latchkey.db;

import java.sql.SQLException;

/** The statements that bound the writer's transactions. */
enum SqliteCommand {
    BEGIN("BEGIN IMMEDIATE"),
    SAVEPOINT("SAVEPOINT closure"),
    RELEASE("RELEASE closure"),
    ROLLBACK_TO("ROLLBACK TO closure"),
    ROLLBACK("ROLLBACK"),
    COMMIT("COMMIT");

    private final String sql;

    SqliteCommand(String sql) {
        this.sql = sql;
    }

    String sql() {
        return sql;
    }

    /** Runs commands on the writer's connection; tests put themselves between to make one fail. */
    @FunctionalInterface
    interface Runner {
        void run(SqliteCommand command) throws SQLException;
    }
}
