package dev.latchkey.boot.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Person;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.Eventually;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.DatabaseAddress.PostgresServer;
import dev.latchkey.db.DatabaseFacts;
import dev.latchkey.db.DatabaseFacts.Connections;
import dev.latchkey.db.Engine;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.db.TestPostgres;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** S1-70: PostgreSQL as it is run, on a server of this test's own that begins as it should be. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresChecksTest {
    private TestPostgres postgres;
    private TestDatabase database;

    @BeforeAll
    void use() {
        postgres = TestPostgres.own(Map.of(
                "shared_preload_libraries",
                "pg_stat_statements",
                "archive_mode",
                "on",
                "fsync",
                "on",
                "synchronous_commit",
                "on"));
        database = postgres.database();
        try (TestServer server = TestServer.on(database, new MutableClock(), "master-key", Examined.MASTER_KEY)) {
            Person.registered(server, "ada@example.com");
        }
    }

    @AfterAll
    void close() throws IOException {
        database.close();
        postgres.close();
    }

    @Test
    @DisplayName("S1-70 fsync, synchronous_commit and full_page_writes")
    void durability() {
        examined().fine(new PostgresDurability());
        execute("ALTER SYSTEM SET full_page_writes = off");
        reload("full_page_writes", "off");
        examined().warns(new PostgresDurability(), "full_page_writes is off");
        execute("ALTER SYSTEM RESET full_page_writes");
        reload("full_page_writes", "on");
        // The server that the other tests share does without fsync and synchronous_commit.
        try (TestDatabase careless = TestDatabase.on(Engine.POSTGRESQL)) {
            DatabaseFacts facts =
                    new DatabaseFacts(careless.database(), careless.config().address());
            assertThat(new PostgresDurability().judged(facts))
                    .extracting(Finding::level)
                    .containsExactly(Finding.Level.FAIL, Finding.Level.FAIL);
        }
    }

    @Test
    @DisplayName("S1-70 SSL to a database on another machine")
    void encryption() {
        examined().fine(new PostgresEncryption());
        PostgresEncryption check = new PostgresEncryption();
        String far = "jdbc:postgresql://db.example.com/latchkey";
        assertThat(check.judged(far, false)).extracting(Finding::level).containsExactly(Finding.Level.FAIL);
        assertThat(check.judged(far, true)).extracting(Finding::level).containsExactly(Finding.Level.WARN);
        assertThat(check.judged(far + "?sslmode=verify-full", true))
                .extracting(Finding::level)
                .containsExactly(Finding.Level.OK);
    }

    @Test
    void role() {
        examined().warns(new PostgresRole(), "superuser");
        execute("CREATE ROLE modest LOGIN");
        execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO modest");
        String url = Examined.urlOf((PostgresServer) database.config().address());
        examined()
                .with("database.url", url.replaceFirst("//[^@]*@", "//modest:@"))
                .fine(new PostgresRole());
    }

    @Test
    @DisplayName("S1-70 as many connections as the servers may want")
    void capacity() {
        examined().fine(new PostgresCapacity());
        examined().with("database.connections", "200").fails(new PostgresCapacity(), "max_connections");
        Connections crowded = new Connections(97, 40, 50);
        assertThat(new PostgresCapacity().judged(16, crowded))
                .extracting(Finding::level)
                .containsExactly(Finding.Level.FAIL);
        assertThat(new PostgresCapacity().judged(15, crowded))
                .extracting(Finding::level)
                .containsExactly(Finding.Level.OK);
    }

    @Test
    @DisplayName("S1-70 WAL archiving, as pg_stat_archiver tells it")
    void archiving() {
        examined().warns(new LogArchiving(), "not archived anything yet");
        execute("ALTER SYSTEM SET archive_command = '/bin/true'");
        reload("archive_command", "/bin/true");
        execute("SELECT pg_switch_wal()");
        await(facts -> facts.archiving().archived() > 0);
        examined().fine(new LogArchiving());
        execute("ALTER SYSTEM SET archive_command = '/bin/false'");
        reload("archive_command", "/bin/false");
        execute("CREATE TABLE something (what TEXT)");
        execute("SELECT pg_switch_wal()");
        await(facts -> facts.archiving().lastFailed().isPresent());
        examined().fails(new LogArchiving(), "could not archive its log");
        try (TestDatabase unarchived = TestDatabase.on(Engine.POSTGRESQL)) {
            DatabaseFacts facts =
                    new DatabaseFacts(unarchived.database(), unarchived.config().address());
            assertThat(new LogArchiving().judged(facts.archiving()))
                    .extracting(Finding::level)
                    .containsExactly(Finding.Level.WARN);
        }
    }

    @Test
    @DisplayName("S1-70 the view of slow statements")
    void slowQueries() {
        examined().warns(new SlowQueries(), "pg_stat_statements");
        execute("CREATE EXTENSION pg_stat_statements");
        examined().fine(new SlowQueries());
    }

    @Test
    void clocks() {
        examined().at(Clock.systemUTC()).fine(new Clocks());
        examined().at(Clock.offset(Clock.systemUTC(), Duration.ofSeconds(10))).warns(new Clocks(), "time server");
        examined()
                .at(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-5)))
                .fails(new Clocks(), "refused by another");
    }

    @Test
    void away() {
        examined()
                .with("database.url", "postgres://a:b@127.0.0.1:1/latchkey")
                .fails(new Database(), "cannot be opened");
    }

    private Examined examined() {
        return Examined.on(database.config());
    }

    /** ALTER SYSTEM is refused inside a transaction. */
    private void execute(String statement) {
        TestDatabase.outsideTransaction(database, statement);
    }

    private void reload(String setting, String value) {
        execute("SELECT pg_reload_conf()");
        await(facts -> facts.setting(setting).equals(value));
    }

    private void await(Predicate<DatabaseFacts> so) {
        DatabaseFacts facts =
                new DatabaseFacts(database.database(), database.config().address());
        Eventually.holds("the server reports it", () -> so.test(facts));
    }
}
