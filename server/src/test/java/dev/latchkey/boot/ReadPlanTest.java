package dev.latchkey.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.audit.AuditExport;
import dev.latchkey.core.MutableClock;
import dev.latchkey.core.TenantId;
import dev.latchkey.db.Engine;
import dev.latchkey.db.Sql;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.db.Tx;
import dev.latchkey.transfer.FileFormat;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How PostgreSQL answers what is only read, once it keeps the statements prepared. */
@Timeout(120)
class ReadPlanTest {
    private static final int OTHERS = 200_000;
    /** The driver prepares a statement at its fifth execution on a connection. */
    private static final int TIMES = 12;

    private static final String LARGE = "(app_user|user_identifier|user_role|password_credential|audit_event)";

    /** A page takes few rows of each table, one by one: whatever merges or hashes has read one of them whole. */
    private static final String READS_ALL = "Seq Scan on " + LARGE + "|Merge|Hash";

    /** A statement that a connection keeps, with the plan it has for all values. */
    private record Kept(String text, long plannedAnew, String plan) {}

    @Test
    @DisplayName("N4 what is read is planned once, and no page of users or events reads a table from end to end")
    void plans() throws Exception {
        try (TestDatabase database = TestDatabase.on(Engine.POSTGRESQL);
                TestServer server = TestServer.on(database, new MutableClock(), "database.connections", "4")) {
            Person ada = Person.registered(server, "ada@example.com");
            server.grant("ada@example.com", "ADMIN");
            fill(server);
            ApiClient admin = ada.loggedIn().client().from("127.0.0.1");
            for (int i = 0; i < TIMES; i++) {
                for (String path : pages(ada, admin)) {
                    Answer answer = admin.get(path);
                    assertThat(answer.status()).as(path + answer.body()).isEqualTo(200);
                }
            }
            export(server.app().services());

            List<Kept> kept = kept(server);
            assertThat(kept)
                    .anyMatch(it -> it.text().contains("folded >= "))
                    .anyMatch(it -> it.text().contains("(created_at, id) < "))
                    .anyMatch(it ->
                            it.text().contains("FROM audit_event") && it.text().contains("user_id = "))
                    .anyMatch(it -> it.text().contains("FROM audit_event WHERE id > "))
                    .anyMatch(it ->
                            it.text().contains("FROM user_source") || it.text().contains("JOIN user_source"))
                    .anyMatch(it -> it.text().contains("FROM password_credential"));
            for (Kept statement : kept) {
                assertThat(statement.plannedAnew()).as(statement.text()).isZero();
                assertThat(statement.plan()).as(statement.text()).doesNotContainPattern(READS_ALL);
            }
        }
    }

    private static List<String> pages(Person ada, ApiClient admin) {
        String users = "/api/v1/users?limit=10";
        String audit = "/api/v1/audit?limit=10";
        String cursor = admin.get(users).json().at("/pagination/cursor").asString();
        return List.of(
                users,
                users + "&cursor=" + cursor,
                users + "&email=p1",
                audit,
                audit + "&user=" + ada.id(),
                audit + "&name=login.failed.v1",
                audit + "&from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z");
    }

    /** Both exports for as many pages as make their statements prepared ones. */
    private static void export(Services services) throws IOException {
        try {
            services.userExport.write(
                    TenantId.MAIN, Writer.nullWriter(), FileFormat.JSONL, true, ReadPlanTest::stopInTime);
        } catch (Enough enough) {
            assertThat(enough.rows).isLessThan(OTHERS);
        }
        try {
            new AuditExport(services.database, services.auditReader, new AuditKeys(services.keys))
                    .write(Writer.nullWriter(), ReadPlanTest::stopInTime);
        } catch (Enough enough) {
            assertThat(enough.rows).isLessThan(OTHERS);
        }
    }

    private static void stopInTime(long rows) {
        if (rows >= TIMES * 1_000L) {
            throw new Enough(rows);
        }
    }

    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final long rows;

        Enough(long rows) {
            this.rows = rows;
        }
    }

    /** Enough that going through all of them never is the cheapest way to a page, with the statistics that PostgreSQL would have gathered by itself after a minute. */
    private static void fill(TestServer server) {
        String id = "'018bcfe5-8f10-7222-9a1b-' || lpad(to_hex(n), 12, '0')";
        String numbers = " FROM generate_series(1, " + OTHERS + ") AS n";
        List<String> statements = List.of(
                "INSERT INTO app_user (id, tenant_id, status, epoch, user_metadata, app_metadata, data_salt, webauthn_handle,"
                        + " created_at, updated_at) SELECT " + id
                        + ", 'main', 'active', 0, '{}', '{}', '\\x00', '\\x00',"
                        + " n, n" + numbers,
                "INSERT INTO user_identifier (user_id, kind, tenant_id, folded, as_typed, created_at) SELECT " + id
                        + ", 'email', 'main', 'p' || n || '@example.com', 'p' || n || '@example.com', n" + numbers,
                "INSERT INTO user_role (user_id, role, tenant_id) SELECT " + id + ", 'USER', 'main'" + numbers,
                "INSERT INTO password_credential (user_id, hash, generation, changed_at) SELECT " + id
                        + ", '$2b$', 1, n" + numbers,
                "INSERT INTO audit_event (id, tenant_id, name, at, outcome, user_id, actor_kind, request_id, sealing, personal, block)"
                        + " SELECT " + id + ", 'main', 'login.succeeded.v1', n, 'success', " + id
                        + ", 'user', '', 'none', '\\x00', 1" + numbers,
                "ANALYZE");
        server.app().services().database.tx((Tx tx) -> {
            statements.forEach(tx.handle()::execute);
            return statements;
        });
    }

    /** What all connections that read have prepared: each is held until all are. */
    private static List<Kept> kept(TestServer server) throws Exception {
        List<Kept> kept = Collections.synchronizedList(new ArrayList<>());
        int connections = 2;
        Phaser all = new Phaser(connections);
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            for (Future<?> done : threads.invokeAll(Collections.nCopies(connections, (Callable<?>)
                    () -> server.app().services().database.read(sql -> {
                        all.arriveAndAwaitAdvance();
                        return kept.addAll(kept(sql));
                    })))) {
                done.get();
            }
        }
        return kept;
    }

    private static List<Kept> kept(Sql sql) {
        return sql.handle()
                .createQuery("SELECT name, statement, custom_plans, cardinality(parameter_types) AS parameters"
                        + " FROM pg_prepared_statements WHERE statement ~ '" + LARGE + "'")
                .map((row, context) -> new Kept(
                        row.getString("statement"),
                        row.getLong("custom_plans"),
                        plan(sql, row.getString("name"), row.getInt("parameters"))))
                .list();
    }

    private static String plan(Sql sql, String name, int parameters) {
        String values = parameters == 0 ? "" : "(" + String.join(", ", Collections.nCopies(parameters, "NULL")) + ")";
        return String.join(
                "\n",
                sql.handle()
                        .createQuery("EXPLAIN EXECUTE \"" + name + "\"" + values)
                        .mapTo(String.class)
                        .list());
    }
}
