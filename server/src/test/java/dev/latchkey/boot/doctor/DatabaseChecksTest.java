package dev.latchkey.boot.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Person;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.DatabaseAddress.SqliteFile;
import dev.latchkey.db.Engine;
import dev.latchkey.db.TestDatabase;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S1-70: what the database tells, of an installation that a server has used. */
class DatabaseChecksTest {
    private static final String OTHER_KEY = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";

    @TempDir
    Path folder;

    @BothEngines
    @DisplayName("a database that no server has used is said to be that, and nothing is made in it")
    void neverUsed(TestDatabase database) {
        examined(database).warns(new Database(), "Start one");
        Examined.in(folder).warns(new Database(), "Start one");
        assertThat(folder).isEmptyDirectory();
        examined(database).with("master-key", "").findings(new Database());
        assertThat(database.config().dataDirectory().resolve("master.key")).doesNotExist();
    }

    @BothEngines
    void database(TestDatabase database, MutableClock clock) {
        used(database, clock);
        examined(database).fine(new Database());
        examined(database)
                .with("master-key", OTHER_KEY)
                .fails(new Database(), "not the one this database was sealed with");
        execute(database, "DELETE FROM schema_history WHERE version = '0050'");
        examined(database).fails(new Database(), "latchkey migrate");
    }

    @BothEngines
    @DisplayName("S3-15 administrators: enough of them, each with a second factor")
    void administrators(TestDatabase database, MutableClock clock) {
        try (TestServer server = server(database, clock)) {
            Person.registered(server, "ada@example.com");
            Person.registered(server, "bob@example.com");
            examined(database).warns(new Administrators(), "There is no administrator");
            examined(database).fine(new SecondFactors());
            server.grant("ada@example.com", "ADMIN");
            examined(database).warns(new Administrators(), "one administrator");
            server.grant("bob@example.com", "ENTERPRISE_ADMIN");
            examined(database).fine(new Administrators());
            examined(database).warns(new SecondFactors(), "2 administrators have no second factor");
        }
        execute(
                database,
                "INSERT INTO totp_device (id, user_id, tenant_id, name, seed, algorithm, digits, spent_step, created_at)"
                        + " SELECT id, id, tenant_id, 'phone', data_salt, 'SHA1', 6, 0, 0 FROM app_user");
        examined(database).fine(new SecondFactors());
    }

    @BothEngines
    void masterKeyChange(TestDatabase database, MutableClock clock) {
        used(database, clock);
        examined(database).fine(new MasterKeyChange());
        Examined both =
                examined(database).with("master-key", OTHER_KEY).with("master-key-previous", Examined.MASTER_KEY);
        both.warns(new MasterKeyChange(), "latchkey keys reseal");
        examined(database)
                .with("master-key-previous", OTHER_KEY)
                .warns(new MasterKeyChange(), "nothing needs any more");
        execute(
                database,
                "INSERT INTO former_master_key (key_id, needed, sealed_keys, replaced_at)"
                        + " SELECT '0011223344556677', TRUE, data_salt, 0 FROM app_user");
        examined(database).fails(new Database(), "keys reseal");
    }

    @BothEngines
    void signingKeys(TestDatabase database, MutableClock clock) {
        used(database, clock);
        examined(database).at(clock).fine(new SigningKeys());
        examined(database).at(clock).with("token.algorithm", "rs256").warns(new SigningKeys(), "RS256");
        clock.advance(Duration.ofDays(92));
        examined(database).at(clock).warns(new SigningKeys(), "should have been replaced");
    }

    @BothEngines
    @DisplayName("S0-42 an altered row, and rows that nobody seals, are found in a quick look")
    void auditTrail(TestDatabase database, MutableClock clock) {
        used(database, clock);
        examined(database).at(clock).fine(new AuditTrail());
        execute(
                database,
                "INSERT INTO audit_event (id, tenant_id, name, at, outcome, actor_kind, request_id, sealing, personal)"
                        + " SELECT '00000000-0000-7000-8000-000000000000', tenant_id, name, at, outcome, actor_kind,"
                        + " request_id, sealing, personal FROM audit_event LIMIT 1");
        examined(database).at(clock).warns(new AuditTrail(), "not sealed");
        execute(database, "UPDATE audit_event SET name = 'login.succeeded.v1' WHERE name = 'user.registered.v1'");
        examined(database).at(clock).fails(new AuditTrail(), "was altered");
    }

    @BothEngines
    void outbox(TestDatabase database, MutableClock clock) {
        used(database, clock);
        examined(database).fine(new Outbox());
        execute(
                database,
                "INSERT INTO outbox (id, tenant_id, kind, payload, created_at, expires_at, due_at, tries, dead_at)"
                        + " SELECT 'dead', 'main', 'mail', data_salt, 0, 1, 1, 9, 1 FROM app_user");
        examined(database).warns(new Outbox(), "given up");
        execute(database, "DELETE FROM outbox");
        execute(
                database,
                "INSERT INTO outbox (id, tenant_id, kind, payload, created_at, expires_at, due_at, tries)"
                        + " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1001)"
                        + " SELECT 'm' || i, 'main', 'mail', data_salt, 0, 1, 1, 0 FROM n, app_user");
        examined(database).warns(new Outbox(), "1001 messages wait");
    }

    @BothEngines
    void retention(TestDatabase database, MutableClock clock) {
        used(database, clock);
        examined(database).fine(new Retention());
        examined(database).with("audit.retention", "365d").fine(new Retention());
        assertThat(new Retention().judged(Duration.ZERO, 20L << 30))
                .extracting(Finding::level)
                .containsExactly(Finding.Level.WARN);
    }

    @Test
    @DisplayName(
            "S1-70 database durability: a SQLite file that another program put into another journal mode is found out")
    void sqliteDurability() throws IOException {
        assertThat(Examined.in(folder).findings(new SqliteDurability())).isEmpty();
        try (TestDatabase database = TestDatabase.on(Engine.SQLITE)) {
            used(database, new MutableClock());
            Path file = ((SqliteFile) database.config().address()).file();
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            examined(database).fine(new SqliteDurability());
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            examined(database).fails(new SqliteDurability(), "chmod 600");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            // What "PRAGMA journal_mode = DELETE" of another program leaves.
            write(file, 18, new byte[] {1, 1});
            examined(database).fails(new SqliteDurability(), "journal mode");
            examined(database).fails(new SqliteDurability(), "journal mode");
        }
    }

    @Test
    @DisplayName("S1-70 a damaged SQLite file is found out")
    void sqliteIntegrity() throws IOException {
        try (TestDatabase database = TestDatabase.on(Engine.SQLITE)) {
            used(database, new MutableClock());
            examined(database).fine(new SqliteIntegrity());
            Path file = ((SqliteFile) database.config().address()).file();
            // Pages in the middle, of tables that opening does not read.
            byte[] noise = new byte[64];
            for (long at = 40 * 4096; at < Files.size(file); at += 4096) {
                write(file, at + 8, noise);
            }
            List<Finding> found = examined(database).findings(new SqliteIntegrity());
            List<Finding> opened = examined(database).findings(new Database());
            assertThat(found.isEmpty() ? opened : found)
                    .anySatisfy(finding -> assertThat(finding.level()).isEqualTo(Finding.Level.FAIL));
        }
    }

    @BothEngines
    @DisplayName("the examination runs beside a server and without one, every check works, and nothing is written")
    void writesNothing(TestDatabase database, MutableClock clock) {
        try (TestServer server = server(database, clock)) {
            Person.registered(server, "ada@example.com");
            assertThat(examined(database).at(clock).all())
                    .noneMatch(it -> it.says().contains("could not be looked at"));
        }
        clock.advance(Duration.ofDays(200));
        List<String> before = rows(database);
        assertThat(examined(database).at(clock).all()).isNotEmpty();
        assertThat(rows(database)).isEqualTo(before);
    }

    private static List<String> rows(TestDatabase database) {
        return database.database()
                .read(sql -> sql.handle()
                        .createQuery("SELECT 'signing_key ' || kid || state FROM signing_key"
                                + " UNION ALL SELECT 'change ' || seq FROM change UNION ALL SELECT 'user ' || id FROM app_user"
                                + " UNION ALL SELECT 'audit ' || id || COALESCE(block, 0) FROM audit_event"
                                + " UNION ALL SELECT 'head ' || seq FROM change_head ORDER BY 1")
                        .mapTo(String.class)
                        .list());
    }

    private static void used(TestDatabase database, MutableClock clock) {
        try (TestServer server = server(database, clock)) {
            Person.registered(server, "ada@example.com");
        }
    }

    private static TestServer server(TestDatabase database, MutableClock clock) {
        return TestServer.on(database, clock, "master-key", Examined.MASTER_KEY);
    }

    private static Examined examined(TestDatabase database) {
        return Examined.on(database.config());
    }

    private static void execute(TestDatabase database, String statement) {
        database.database().tx(tx -> tx.handle().execute(statement));
    }

    private static void write(Path file, long at, byte[] bytes) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(at);
            open.write(bytes);
        }
    }
}
