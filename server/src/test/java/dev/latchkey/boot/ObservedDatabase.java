package dev.latchkey.boot;

import dev.latchkey.db.Database;
import dev.latchkey.db.Engine;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import dev.latchkey.http.RequestId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;

/** A database that remembers what each request did with it. */
final class ObservedDatabase implements Database {
    /**
     * What one request did.
     *
     * @param transactions how many
     * @param writes the statements that write, by their first words, sorted
     * @param reads how many statements read
     */
    record Footprint(int transactions, List<String> writes, int reads) {}

    private record Seen(List<String> statements, int[] transactions) {}

    private final Database database;
    private final Map<String, Seen> byRequest = new ConcurrentHashMap<>();

    ObservedDatabase(Database database) {
        this.database = database;
    }

    Footprint of(String requestId) {
        Seen seen = seen(requestId);
        synchronized (seen) {
            List<String> writes = seen.statements().stream()
                    .filter(statement -> !statement.startsWith("select"))
                    .sorted()
                    .toList();
            return new Footprint(
                    seen.transactions()[0], writes, seen.statements().size() - writes.size());
        }
    }

    @Override
    public <T> T tx(Work<Tx, T> work) {
        if (!RequestId.CURRENT.isBound()) {
            return database.tx(work);
        }
        Seen seen = seen(RequestId.CURRENT.get());
        synchronized (seen) {
            seen.transactions()[0]++;
        }
        return database.tx(tx -> observed(tx, seen, work));
    }

    @Override
    public <T> T read(Work<Sql, T> work) {
        if (!RequestId.CURRENT.isBound()) {
            return database.read(work);
        }
        Seen seen = seen(RequestId.CURRENT.get());
        return database.read(sql -> observed(sql, seen, work));
    }

    @Override
    public <T> T bulk(Work<Tx, T> work) {
        return database.bulk(work);
    }

    @Override
    public Engine engine() {
        return database.engine();
    }

    @Override
    public OptionalLong dataVersion() {
        return database.dataVersion();
    }

    @Override
    public boolean writable() {
        return database.writable();
    }

    @Override
    public int waiting() {
        return database.waiting();
    }

    @Override
    public void rest() {
        database.rest();
    }

    @Override
    public void close() {
        database.close();
    }

    private Seen seen(String requestId) {
        return byRequest.computeIfAbsent(requestId, key -> new Seen(new ArrayList<>(), new int[1]));
    }

    private static <S extends Sql, T> T observed(S sql, Seen seen, Work<S, T> work) {
        SqlStatements config = sql.handle().getConfig(SqlStatements.class);
        config.setSqlLogger(new SqlLogger() {
            @Override
            public void logAfterExecution(StatementContext context) {
                String[] words = context.getRenderedSql()
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .split("\\s+");
                synchronized (seen) {
                    seen.statements().add(words[0] + " " + words[1] + " " + words[2]);
                }
            }
        });
        try {
            return work.run(sql);
        } finally {
            config.setSqlLogger(SqlLogger.NOP_SQL_LOGGER);
        }
    }
}
