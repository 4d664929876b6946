package dev.latchkey.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.DriverDataSource;
import dev.latchkey.db.DatabaseAddress.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;

/** Opens connections to one PostgreSQL database, all with the same time limits. */
final class PostgresConnections {
    /** What PostgreSQL shows these connections as. */
    static final String APPLICATION = "latchkey";

    private static final String DRIVER = "org.postgresql.Driver";
    private static final Duration BORROW_WAIT = Duration.ofSeconds(2);
    private static final String CONNECT_SECONDS = "5";
    private static final String SOCKET_SECONDS = "30";

    private final PostgresServer server;

    PostgresConnections(PostgresServer server) {
        this.server = server;
    }

    /** One connection at a time, without a pool. */
    DataSource direct() {
        return new DriverDataSource(server.jdbcUrl(), DRIVER, properties(), null, null);
    }

    /** For many rows at once, however long they take. */
    Connection bulk() throws SQLException {
        Properties properties = properties();
        properties.setProperty("reWriteBatchedInserts", "true");
        return new DriverDataSource(server.jdbcUrl(), DRIVER, properties, null, null).getConnection();
    }

    /**
     * How long a transaction waits for a lock, and how long one may do nothing: a node that is paused or cut off in the middle
     * of one would else keep its locks from all others until it comes back.
     */
    private static final String SESSION = "SET lock_timeout = '5s'; SET idle_in_transaction_session_timeout = '10s'";

    /**
     * A connection that reads plans each statement once. Left to itself PostgreSQL compares what the first five plans were
     * estimated at, and where that comes out close it may plan every execution anew, which takes longer than a page of users.
     * So nothing that decides the plan may be a parameter of such a statement: it guesses that a bound LIMIT takes a tenth of
     * all rows, and a bound inequality a third.
     */
    private static final String READING =
            "SET default_transaction_read_only = on; SET plan_cache_mode = force_generic_plan";

    HikariDataSource writers(int size) {
        HikariConfig config = pool("latchkey-writers", size);
        config.setAutoCommit(false);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setConnectionInitSql(SESSION);
        return new HikariDataSource(config);
    }

    HikariDataSource readers(int size) {
        HikariConfig config = pool("latchkey-readers", size);
        config.setConnectionInitSql(READING);
        return new HikariDataSource(config);
    }

    private HikariConfig pool(String name, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDriverClassName(DRIVER);
        config.setJdbcUrl(server.jdbcUrl());
        Properties properties = properties();
        // Not for migrations, which may take their time.
        properties.setProperty("socketTimeout", SOCKET_SECONDS);
        config.setDataSourceProperties(properties);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(BORROW_WAIT.toMillis());
        config.setValidationTimeout(BORROW_WAIT.toMillis());
        // The server answers 503 while the database is away, also when it was away at the start.
        config.setInitializationFailTimeout(-1);
        return config;
    }

    private Properties properties() {
        Properties properties = new Properties();
        if (!server.user().isEmpty()) {
            properties.setProperty("user", server.user());
        }
        if (!server.password().isEmpty()) {
            properties.setProperty("password", server.password());
        }
        if (server.needsPrimary()) {
            properties.setProperty("targetServerType", "primary");
        }
        properties.setProperty("ApplicationName", APPLICATION);
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        properties.setProperty("tcpKeepAlive", "true");
        // A detail quotes the values of the row, such as an e-mail address.
        properties.setProperty("logServerErrorDetail", "false");
        return properties;
    }
}
