package dev.latchkey.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.MutableClock;
import dev.latchkey.core.TenantId;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.transfer.FileFormat;
import dev.latchkey.transfer.ImportOptions;
import dev.latchkey.transfer.ImportReport;
import dev.latchkey.transfer.ImportedFile;
import dev.latchkey.user.User;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Users are taken in from files, beside a running server")
class UserImportTest {
    private static final ImportOptions USUAL = new ImportOptions(false, false, false);
    private static final ImportOptions UPDATE = new ImportOptions(true, false, false);
    private static final ImportOptions DRY = new ImportOptions(false, true, false);

    private static final String PASSWORD = "correct horse";
    /** The same password as other systems kept it: made by libxcrypt and Python's hashlib. */
    private static final Map<String, String> HASHES = Map.of(
            "bcrypt", "$2b$05$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2",
            "scrypt", "$scrypt$ln=14,r=8,p=1$MDEyMzQ1Njc4OWFiY2RlZg$0LupyHkzAIgDr9UDsriAAf87vMbCbcaUfDvFOAHk0D0",
            "pbkdf2", "$pbkdf2-sha256$29000$MDEyMzQ1Njc4OWFiY2RlZg$uHVoxjLD1v3uqpdY8ehNPGUYMiKj8ROQSRwMSE033NY");

    private final ImportedFile heard = new ImportedFile();

    @BothEngines
    @DisplayName("S2-07 whoever was imported logs in with the old password, which is hashed anew then")
    void hashes(TestDatabase database, MutableClock clock) throws IOException {
        try (TestServer server = TestServer.on(database, clock);
                Operations operations = server.operations()) {
            StringBuilder file = new StringBuilder("email,passwordHash\n");
            HASHES.forEach((name, hash) ->
                    file.append(name).append("@example.com,\"").append(hash).append("\"\n"));
            assertThat(run(operations, file.toString(), USUAL)).isEqualTo(new ImportReport(3, 0, 0, 0));

            for (String name : HASHES.keySet()) {
                Person person = new Person(server, name + "@example.com", PASSWORD, "", "");
                assertThat(person.login("correct horsf").status()).as(name).isEqualTo(401);
                assertThat(storedHash(server, name)).isEqualTo(HASHES.get(name));
                assertThat(person.login(PASSWORD).status()).as(name).isEqualTo(200);
                assertThat(storedHash(server, name)).startsWith("$argon2id$");
                assertThat(person.login(PASSWORD).status()).as(name).isEqualTo(200);
            }
        }
    }

    @BothEngines
    @DisplayName("every column arrives; what a file does not say is the usual")
    void columns(TestDatabase database, MutableClock clock) throws IOException {
        try (TestServer server = TestServer.on(database, clock);
                Operations operations = server.operations()) {
            run(operations, """
                    {"id":"0B9C6C3E-7F3A-4C55-9A52-0B5B3E0C1D11","sourceId":"42","email":"Ada@Example.com","emailVerifiedAt":"2020-05-01T00:00:00Z","name":"Ada","picture":"https://x.example/a.png","locale":"de_AT","phone":"+43 1 234567","roles":["ADMIN","USER"],"status":"disabled","createdAt":"2019-01-02 03:04:05","userMetadata":{"a":1},"appMetadata":"{\\"b\\": 2}"}
                    {"email":"bob@example.com","emailVerified":"yes","createdAt":1546398245}
                    """, FileFormat.JSONL, USUAL);
            assertThat(heard.reasons()).isEmpty();
            User ada = find(server, "ada@example.com");
            assertThat(ada.id().value()).isEqualTo("0b9c6c3e-7f3a-4c55-9a52-0b5b3e0c1d11");
            assertThat(ada.email().asTyped()).isEqualTo("Ada@Example.com");
            assertThat(ada.emailVerifiedAt())
                    .hasValueSatisfying(at -> assertThat(at).hasToString("2020-05-01T00:00:00Z"));
            assertThat(ada.profile().locale()).contains("de-AT");
            assertThat(ada.roles()).isEqualTo(Set.of("ADMIN", "USER"));
            assertThat(ada.isActive()).isFalse();
            assertThat(ada.createdAt()).hasToString("2019-01-02T03:04:05Z");
            assertThat(ada.userMetadata()).isEqualTo("{\"a\":1}");
            User bob = find(server, "bob@example.com");
            assertThat(bob.emailVerifiedAt()).contains(clock.instant());
            assertThat(bob.roles()).isEqualTo(Set.of("USER"));
            assertThat(bob.createdAt()).hasToString("2019-01-02T03:04:05Z");
            assertThat(server.auditNames())
                    .filteredOn("user.imported.v1"::equals)
                    .hasSize(2);
        }
    }

    @BothEngines
    @DisplayName("bad rows are told by line with what to do; the good ones are in; mended, the rejected ones go in too")
    void rejects(TestDatabase database, MutableClock clock) throws IOException {
        try (TestServer server = TestServer.on(database, clock);
                Operations operations = server.operations()) {
            ImportReport report = run(operations, """
                    email,name,roles,status,createdAt,passwordHash
                    ada@example.com,Ada,,,,
                    not-an-address,Bob,,,,
                    cy@example.com,,1st,paused,tomorrow,
                    di@example.com,,,,,"$2b$31$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2"
                    ed@example.com,,,,,"$argon2id$v=19$m=4194304,t=1,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                    fy@example.com,,,,,md5:abc
                    ADA@example.com,,,,,
                    gus@example.com,Gus
                    hal@example.com,\u202Eevil,,,,
                    ida@example.com,Ida,,,,
                    """, USUAL);
            assertThat(report).isEqualTo(new ImportReport(2, 0, 0, 8));
            assertThat(heard.reasons())
                    .satisfiesExactly(
                            it -> assertThat(it).startsWith("3: email: "),
                            it -> assertThat(it).startsWith("4: ").contains("roles: ", "status: ", "createdAt: "),
                            it -> assertThat(it).startsWith("5: passwordHash: ").contains("cost 31"),
                            it -> assertThat(it).startsWith("6: passwordHash: ").contains("memory 4194304"),
                            it -> assertThat(it).startsWith("7: passwordHash: ").doesNotContain("md5"),
                            it -> assertThat(it).startsWith("8: ").contains("earlier row"),
                            it -> assertThat(it).startsWith("9: ").contains("2 fields"),
                            it -> assertThat(it).startsWith("10: name: "));
            String mended = heard.rejects()
                    .replace("not-an-address", "bob@example.com")
                    .replace("1st,paused,tomorrow", "USER,active,2020-01-01");
            assertThat(run(operations, mended, USUAL)).isEqualTo(new ImportReport(2, 0, 1, 5));
            assertThat(find(server, "bob@example.com").profile().name()).contains("Bob");
        }
    }

    @BothEngines
    @DisplayName("an import that broke off is finished by running it again; nobody is made twice")
    void resumes(TestDatabase database, MutableClock clock) throws IOException {
        try (TestServer server = TestServer.on(database, clock);
                Operations operations = server.operations()) {
            StringBuilder lines = new StringBuilder();
            for (int at = 0; at < 950; at++) {
                lines.append("{\"sourceId\":\"s")
                        .append(at)
                        .append("\",\"email\":\"u")
                        .append(at)
                        .append("@example.com\"}\n");
            }
            byte[] file = lines.toString().getBytes(UTF_8);
            assertThatThrownBy(() ->
                            operations.importUsers(breaking(file, file.length / 2), FileFormat.JSONL, USUAL, heard))
                    .isInstanceOf(IOException.class);
            long taken = operations.countUsers();
            assertThat(taken).isBetween(1L, 949L);

            ImportReport second = run(operations, lines.toString(), FileFormat.JSONL, USUAL);
            assertThat(second).isEqualTo(new ImportReport(950 - taken, 0, taken, 0));
            assertThat(run(operations, lines.toString(), FileFormat.JSONL, USUAL))
                    .isEqualTo(new ImportReport(0, 0, 950, 0));
        }
    }

    @BothEngines
    @DisplayName("a dry run tells what would happen and writes nothing, no event either")
    void dryRun(TestDatabase database, MutableClock clock) throws IOException {
        try (TestServer server = TestServer.on(database, clock);
                Operations operations = server.operations()) {
            Person.registered(server, "ada@example.com");
            // The first block makes its signing key, which is an event too.
            server.app().services().auditSealer.seal();
            int events = server.auditNames().size();
            assertThat(run(operations, "email\nada@example.com\nbob@example.com\nx\n", DRY))
                    .isEqualTo(new ImportReport(1, 0, 1, 1));
            assertThat(operations.countUsers()).isEqualTo(1);
            assertThat(server.auditNames()).hasSize(events);
        }
    }

    @BothEngines
    @DisplayName("an update changes what the file says, with its consequences, and neither address nor password")
    void update(TestDatabase database, MutableClock clock) throws IOException {
        try (TestServer server = TestServer.on(database, clock, "limits.enabled", "false");
                Operations operations = server.operations()) {
            Person ada = Person.registered(server, "ada@example.com");
            String before = storedHash(server, "ada");
            String row = "email,name,status,roles,passwordHash\nada@example.com,Ada L,disabled,\"USER auditor\",\""
                    + HASHES.get("bcrypt") + "\"\n";
            assertThat(run(operations, row, USUAL)).isEqualTo(new ImportReport(0, 0, 1, 0));
            assertThat(ada.me().status()).isEqualTo(200);

            assertThat(run(operations, row, UPDATE)).isEqualTo(new ImportReport(0, 1, 0, 0));
            assertThat(run(operations, row, UPDATE)).isEqualTo(new ImportReport(0, 0, 1, 0));

            User updated = find(server, "ada@example.com");
            assertThat(updated.profile().name()).contains("Ada L");
            assertThat(updated.roles()).isEqualTo(Set.of("USER", "auditor"));
            assertThat(storedHash(server, "ada")).isEqualTo(before);
            long start = System.nanoTime();
            Answer answer = ada.me();
            while (answer.status() == 200
                    && System.nanoTime() - start < Duration.ofSeconds(10).toNanos()) {
                answer = ada.me();
            }
            assertThat(answer.code()).isEqualTo("TOKEN_REVOKED");
        }
    }

    @BothEngines
    @DisplayName("a row that could mean two accounts, or takes the last administrator away, is rejected")
    void conflicts(TestDatabase database, MutableClock clock) throws IOException {
        try (TestServer server = TestServer.on(database, clock);
                Operations operations = server.operations()) {
            run(operations, "sourceId,email,roles\n1,ada@example.com,ADMIN\n2,bob@example.com,\n", USUAL);
            run(operations, "sourceId,email\n1,bob@example.com\n", USUAL);
            run(operations, "sourceId,email\n3,bob@example.com\n", USUAL);
            run(operations, "sourceId,email\n2,robert@example.com\n", UPDATE);
            run(operations, "email,roles\nada@example.com,USER\n", UPDATE);
            assertThat(heard.reasons())
                    .satisfiesExactly(
                            it -> assertThat(it).contains("different accounts"),
                            it -> assertThat(it).contains("another sourceId"),
                            it -> assertThat(it).contains("changes no addresses"),
                            it -> assertThat(it).contains("last administrator"));
        }
    }

    @BothEngines
    @DisplayName("what was exported with hashes and imported elsewhere is exported there the same, in both formats")
    void roundTrip(TestDatabase database, MutableClock clock) throws IOException {
        try (TestServer server = TestServer.on(database, clock);
                Operations operations = server.operations()) {
            Person.registered(server, "ada@example.com");
            run(
                    operations,
                    "sourceId,email,name,roles,status,userMetadata,passwordHash\n"
                            + "7,=cmd@example.com,\"A \"\"quoted\"\", name\",\"b a\",disabled,\"{\"\"k\"\":\"\"v,w\"\"}\",\""
                            + HASHES.get("scrypt") + "\"\n",
                    USUAL);
            for (FileFormat format : FileFormat.values()) {
                String first = export(operations, format, true);
                assertThat(first).contains("$argon2id$", "$scrypt$");
                assertThat(export(operations, format, false)).doesNotContain("$argon2id$", "$scrypt$", "asswordHash");
                try (TestDatabase elsewhere = TestDatabase.on(database.engine());
                        TestServer second = TestServer.on(elsewhere, clock);
                        Operations there = second.operations()) {
                    assertThat(run(there, first, format, USUAL)).isEqualTo(new ImportReport(2, 0, 0, 0));
                    assertThat(export(there, format, true)).isEqualTo(first);
                    assertThat(new Person(second, "ada@example.com", Person.PASSWORD, "", "")
                                    .login(Person.PASSWORD)
                                    .status())
                            .isEqualTo(200);
                }
            }
            assertThat(server.auditNames()).contains("user.exported.v1");
        }
    }

    private ImportReport run(Operations operations, String csv, ImportOptions options) throws IOException {
        return run(operations, csv, FileFormat.CSV, options);
    }

    private ImportReport run(Operations operations, String text, FileFormat format, ImportOptions options)
            throws IOException {
        return operations.importUsers(new ByteArrayInputStream(text.getBytes(UTF_8)), format, options, heard);
    }

    private static String export(Operations operations, FileFormat format, boolean hashes) throws IOException {
        StringWriter out = new StringWriter();
        operations.exportUsers(out, format, hashes, done -> {});
        return out.toString();
    }

    private static InputStream breaking(byte[] file, int at) {
        return new InputStream() {
            private int next = 0;

            @Override
            public int read() throws IOException {
                if (next == at) {
                    throw new IOException("the disk went away");
                }
                return file[next++] & 0xFF;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                into[offset] = (byte) read();
                return 1;
            }
        };
    }

    private static User find(TestServer server, String email) {
        Services services = server.app().services();
        EmailAddress address = EmailAddress.parse(email).orElseThrow();
        return services.userAdministration.find(TenantId.MAIN, address);
    }

    private static String storedHash(TestServer server, String name) {
        Services services = server.app().services();
        User user = find(server, name + "@example.com");
        Optional<String> hash = services.database.read(sql -> services.passwords.storedHash(sql, user.id()));
        return hash.orElseThrow();
    }
}
