package dev.latchkey.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.Engine;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.db.Tx;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** On SQLite whatever reads a whole table to delete a few rows holds up everybody who writes. */
class ReapingPlanTest {
    /** Has a handful of rows. */
    private static final String SMALL = "signing_key";

    @Test
    @DisplayName("N4 no deletion in the background reads a table from end to end")
    void noScan() {
        try (TestDatabase database = TestDatabase.on(Engine.SQLITE);
                TestServer server = TestServer.on(database, new MutableClock(), "audit.retention", "30d")) {
            Person.registered(server, "ada@example.com");
            Set<String> deletions = deletionsOf(server);

            assertThat(deletions)
                    .anyMatch(it -> it.contains("delete from session"))
                    .anyMatch(it -> it.contains("delete from refresh_family"))
                    .anyMatch(it -> it.contains("delete from failure_counter"))
                    .anyMatch(it -> it.contains("delete from known_device"))
                    .hasSizeGreaterThan(10);
            for (String deletion : deletions) {
                assertThat(plan(server, deletion))
                        .as(deletion)
                        .noneMatch(step -> step.startsWith("SCAN ") && !step.startsWith("SCAN " + SMALL));
            }
        }
    }

    @BothEngines
    @DisplayName(
            "N4 sessions that nobody used go by their idle time, remembered ones later, and those of tokens by expiry alone")
    void sessions(TestDatabase database) {
        MutableClock clock = new MutableClock();
        try (TestServer server = TestServer.on(
                database,
                clock,
                "session.idle-timeout",
                "1d",
                "session.remembered-idle-timeout",
                "5d",
                "session.absolute-timeout",
                "30d")) {
            Person ada = Person.registered(server, "ada@example.com");
            for (boolean remembered : List.of(false, true)) {
                Answer answer = ada.anonymous()
                        .post(
                                "/api/v1/auth/login",
                                Map.of(
                                        "email",
                                        ada.email(),
                                        "password",
                                        Person.PASSWORD,
                                        "mode",
                                        "session",
                                        "rememberMe",
                                        remembered));
                assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            }
            assertThat(leftAfterTurn(server)).isEqualTo(3);
            clock.advance(Duration.ofDays(2));
            assertThat(leftAfterTurn(server)).isEqualTo(2);
            clock.advance(Duration.ofDays(4));
            assertThat(leftAfterTurn(server)).isEqualTo(1);
            clock.advance(Duration.ofDays(25));
            assertThat(leftAfterTurn(server)).isZero();
        }
    }

    /** How many sessions are left after a turn. */
    private static int leftAfterTurn(TestServer server) {
        server.app().turn();
        return server.app()
                .services()
                .database
                .read(sql -> sql.handle()
                        .createQuery("SELECT COUNT(*) FROM session")
                        .mapTo(int.class)
                        .one());
    }

    /** SQLite has one writer, whose statements are all heard. */
    private static Set<String> deletionsOf(TestServer server) {
        Set<String> heard = new ConcurrentSkipListSet<>();
        listen(server, new SqlLogger() {
            @Override
            public void logAfterExecution(StatementContext context) {
                heard.add(context.getParsedSql().getSql().toLowerCase(Locale.ROOT));
            }
        });
        server.app().turn();
        listen(server, SqlLogger.NOP_SQL_LOGGER);
        Set<String> deletions = new TreeSet<>(heard);
        deletions.removeIf(statement -> !statement.strip().startsWith("delete"));
        return deletions;
    }

    private static void listen(TestServer server, SqlLogger logger) {
        server.app().services().database.tx((Tx tx) -> {
            tx.handle().getConfig(SqlStatements.class).setSqlLogger(logger);
            return logger;
        });
    }

    private static List<String> plan(TestServer server, String statement) {
        return server.app()
                .services()
                .database
                .read(sql -> sql.handle()
                        .createQuery("EXPLAIN QUERY PLAN " + statement.replace("?", "NULL"))
                        .map((row, context) -> row.getString("detail"))
                        .list());
    }
}
