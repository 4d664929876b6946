package dev.latchkey.db;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/** Tells PostgreSQL, at each of a migration's connections, how long a statement may wait for a table. */
record LockWait(Duration longest) implements Callback {
    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.AFTER_CONNECT;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        try (Statement statement = context.getConnection().createStatement()) {
            statement.execute("SET lock_timeout = " + longest.toMillis());
        } catch (SQLException failed) {
            throw new FlywayException("The wait for locks could not be limited: " + failed.getMessage(), failed);
        }
    }

    @Override
    public String getCallbackName() {
        return "lock wait";
    }
}
