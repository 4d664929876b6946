package dev.latchkey.db;

import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Stands between the SQLite writer and its connection, notes the commands and makes one fail when told to. */
final class FaultyCommands implements UnaryOperator<SqliteCommand.Runner> {
    private enum Fault {
        INSTEAD,
        AFTERWARDS
    }

    private final Map<SqliteCommand, Fault> armed = new EnumMap<>(SqliteCommand.class);
    private final List<SqliteCommand> ran = new CopyOnWriteArrayList<>();
    private boolean away;

    /** The next such command fails without being run. */
    synchronized void failInstead(SqliteCommand command) {
        armed.put(command, Fault.INSTEAD);
    }

    /** The next such command is run, and then fails all the same. */
    synchronized void failAfterwards(SqliteCommand command) {
        armed.put(command, Fault.AFTERWARDS);
    }

    /** While away every command fails. */
    synchronized void away(boolean isAway) {
        away = isAway;
    }

    long count(SqliteCommand command) {
        return ran.stream().filter(command::equals).count();
    }

    @Override
    public SqliteCommand.Runner apply(SqliteCommand.Runner real) {
        return command -> {
            @Nullable Fault fault = next(command);
            if (fault != Fault.INSTEAD) {
                real.run(command);
                ran.add(command);
            }
            if (fault != null) {
                throw new SQLException("injected fault at " + command);
            }
        };
    }

    private synchronized @Nullable Fault next(SqliteCommand command) {
        return away ? Fault.INSTEAD : armed.remove(command);
    }
}
