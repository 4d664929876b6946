package dev.latchkey.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.MutableClock;
import dev.latchkey.db.Database;
import dev.latchkey.db.Databases;
import dev.latchkey.db.Engine;
import dev.latchkey.db.MovedTable;
import dev.latchkey.db.ServerLock;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.transfer.FileFormat;
import dev.latchkey.transfer.ImportOptions;
import dev.latchkey.transfer.ImportedFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A SQLite installation moves to PostgreSQL with everything that is in force")
@Timeout(300)
class RelocationTest {
    private final MutableClock clock = new MutableClock();

    @TempDir
    Path temporary;

    @Test
    @DisplayName("tokens, sessions, revocations, passwords and the audit chain go on where they were")
    void moves() throws IOException {
        Installation here = installation();
        Person ada;
        Person out;
        Person spent;
        try (TestServer server = here.server();
                Operations operations = here.operations()) {
            ada = Person.registered(server, "ada@example.com");
            out = Person.registered(server, "bob@example.com");
            out.client().post("/api/v1/auth/logout");
            Person cy = Person.registered(server, "cy@example.com");
            spent = cy;
            cy.refresh();
            importUsers(operations, 3_000);
        }
        try (TestDatabase postgres = TestDatabase.on(Engine.POSTGRESQL)) {
            Configuration to = here.onPostgres(postgres);
            List<String> phases = new ArrayList<>();
            List<Long> steps = new ArrayList<>();

            Relocation.Report report = new Relocation(here.configuration(), to, clock).run((doing, things) -> {
                phases.add(doing);
                return (done, all) -> {
                    if (doing.equals("Moving")) {
                        steps.add(done);
                    }
                };
            });
            assertThat(phases).containsExactly("Verifying the audit trail", "Moving", "Verifying the audit trail");

            assertThat(report.tables()).extracting(MovedTable::name).contains("app_user", "change_head", "audit_block");
            assertThat(rows(report, "app_user")).isEqualTo(3_003);
            assertThat(rows(report, "audit_event")).isEqualTo(report.events()).isGreaterThan(3_000);
            assertThat(steps)
                    .isSorted()
                    .last()
                    .isEqualTo(2
                            * report.tables().stream()
                                    .mapToLong(MovedTable::rows)
                                    .sum());
            try (TestServer server = TestServer.with(to, clock)) {
                assertThat(at(server, ada).me().status()).isEqualTo(200);
                assertThat(at(server, out).me().code()).isEqualTo("TOKEN_REVOKED");
                assertThat(at(server, out).refresh().code()).isEqualTo("TOKEN_REVOKED");
                assertThat(at(server, spent).refresh().code()).isEqualTo("TOKEN_REUSE_DETECTED");
                assertThat(at(server, ada).refresh().status()).isEqualTo(200);
                assertThat(at(server, ada).login().status()).isEqualTo(200);
                server.app().services().auditSealer.seal();
                try (Operations operations = new Operations(to, clock)) {
                    assertThat(operations.verifyAudit(Optional.empty(), (done, all) -> {}))
                            .satisfies(it -> assertThat(it.intact()).isTrue())
                            .satisfies(it -> assertThat(it.rows()).isGreaterThan(report.events()));
                }
            }
            assertThat(report.formerFile()).exists();
            assertThat(here.database()).doesNotExist();
            assertThatThrownBy(here::server)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("moved to PostgreSQL");
            Files.move(report.formerFile(), here.database());
            try (TestServer server = here.server()) {
                assertThat(at(server, ada).me().status()).isEqualTo(200);
            }
        }
    }

    @Test
    @DisplayName("a target that was used, a running server, or rows that do not arrive as they were: nothing is moved")
    void refusals() {
        Installation here = installation();
        try (TestServer server = here.server()) {
            Person.registered(server, "ada@example.com");
        }
        try (TestDatabase postgres = TestDatabase.on(Engine.POSTGRESQL)) {
            Configuration to = here.onPostgres(postgres);
            ServerLock lock = ServerLock.take(here.folder());
            refused(here, to, "Stop it");
            lock.close();
            Database database = postgres.database();
            database.tx(tx -> tx.handle().execute("INSERT INTO change VALUES (1, 'main', 'k', 's', 'v', 1)"));
            refused(here, to, "is in use");
            database.tx(tx -> tx.handle().execute("DELETE FROM change"));
            database.tx(tx -> tx.handle().execute("UPDATE change_head SET seq = 7"));
            refused(here, to, "is in use");
            database.tx(tx -> tx.handle().execute("UPDATE change_head SET seq = 0"));
            database.tx(tx -> tx.handle().execute("""
                    CREATE FUNCTION alter_name() RETURNS trigger LANGUAGE plpgsql AS
                    'BEGIN NEW.as_typed := NEW.as_typed || ''x''; RETURN NEW; END'"""));
            database.tx(tx -> tx.handle().execute("""
                    CREATE TRIGGER alter_name BEFORE INSERT ON user_identifier
                    FOR EACH ROW EXECUTE FUNCTION alter_name()"""));
            refused(here, to, "did not arrive as it was");
            database.tx(tx -> tx.handle().execute("DROP TRIGGER alter_name ON user_identifier"));
            Integer users = database.read(sql -> sql.handle()
                    .createQuery("SELECT COUNT(*) FROM app_user")
                    .mapTo(int.class)
                    .one());
            assertThat(users).isZero();
            new Relocation(here.configuration(), to, clock).run(Progress.none());
            refused(here, to, "no database");
        }
    }

    @Test
    @DisplayName(
            "N9 a trail that does not verify is found before anything is copied; what fails afterwards says to drop the copy")
    void provesBeforeAndAfter() throws IOException {
        Installation here = installation();
        try (TestServer server = here.server()) {
            Person.registered(server, "ada@example.com");
        }
        try (TestDatabase postgres = TestDatabase.on(Engine.POSTGRESQL)) {
            Configuration to = here.onPostgres(postgres);
            Path moved = Path.of(here.database() + ".moved");
            Files.createDirectories(moved.resolve("in the way"));
            refused(here, to, "Drop the copy");
            assertThat(here.database()).exists();
            refused(here, to, "is in use");
            Files.delete(moved.resolve("in the way"));
            Files.delete(moved);
        }
        try (TestDatabase postgres = TestDatabase.on(Engine.POSTGRESQL)) {
            try (Database sqlite = Databases.open(here.configuration().database())) {
                sqlite.tx(tx -> tx.handle().execute("UPDATE audit_event SET name = 'forged' WHERE block = 1"));
            }
            refused(here, here.onPostgres(postgres), "nothing was moved");
            Integer users = postgres.database()
                    .read(sql -> sql.handle()
                            .createQuery("SELECT COUNT(*) FROM app_user")
                            .mapTo(int.class)
                            .one());
            assertThat(users).isZero();
        }
    }

    private void refused(Installation here, Configuration to, String what) {
        assertThatThrownBy(() -> new Relocation(here.configuration(), to, clock).run(Progress.none()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(what);
    }

    private static void importUsers(Operations operations, int users) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int at = 0; at < users; at++) {
            lines.append("{\"email\":\"u")
                    .append(at)
                    .append("@example.com\",\"name\":\"Grüße ")
                    .append(at)
                    .append("\"}\n");
        }
        ByteArrayInputStream file = new ByteArrayInputStream(lines.toString().getBytes(StandardCharsets.UTF_8));
        operations.importUsers(file, FileFormat.JSONL, new ImportOptions(false, false, false), new ImportedFile());
    }

    private static long rows(Relocation.Report report, String table) {
        return report.tables().stream()
                .filter(it -> it.name().equals(table))
                .findFirst()
                .orElseThrow()
                .rows();
    }

    private Installation installation() {
        return new Installation(temporary.resolve("here"), clock);
    }

    private static Person at(TestServer server, Person person) {
        return new Person(server, person.email(), person.password(), person.accessToken(), person.refreshToken());
    }
}
