package dev.latchkey.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.backup.BackupException;
import dev.latchkey.backup.BackupFile;
import dev.latchkey.backup.Manifest;
import dev.latchkey.config.SettingsException;
import dev.latchkey.core.MutableClock;
import dev.latchkey.core.TenantId;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.ServerLock;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.key.KeyState;
import dev.latchkey.key.KeyUse;
import dev.latchkey.user.UserListing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A backup is restored, and what was revoked or spent since stays so")
class RestorationTest {
    private final MutableClock clock = new MutableClock();

    @TempDir
    Path temporary;

    @Test
    @DisplayName("a backup is one file of its owner's that holds no master key and tells what a restore needs")
    void backup() throws IOException {
        Installation here = installation("here");
        Path file = temporary.resolve("b.zip");
        try (TestServer server = here.server()) {
            Person.registered(server, "ada@example.com");
            Manifest manifest = here.backUp(file);
            assertThat(manifest.checkpoint()).isPresent();
            assertThat(manifest.takenAt()).isEqualTo(clock.instant());
            assertThat(manifest.masterKey()).isNotEmpty();
            assertThat(server.auditNames()).contains("system.command-run.v1");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        String key = Files.readString(here.folder().resolve("master.key")).strip();
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(key);
        assertThat(temporary).isDirectoryContaining("glob:**b.zip");
        assertThat(names(temporary)).containsExactlyInAnyOrder("b.zip", "here");
    }

    @Test
    @DisplayName("nothing that was handed out before or since is good after a restore; everybody can log in again")
    void failsSafe() throws IOException {
        Installation here = installation("here");
        Path file = temporary.resolve("b.zip");
        Person ada;
        Person rotated;
        Person changed;
        String kid;
        String mailed;
        try (TestServer server = here.server()) {
            ada = Person.registered(server, "ada@example.com");
            kid = activeKey(here);
            ada.anonymous().post("/api/v1/auth/forgot-password", Map.of("email", "ada@example.com"));
            mailed = server.mails().token("ada@example.com", "reset-password");
            here.backUp(file);
            rotated = ada.with(ada.refresh());
            changed = new Person(server, "bob@example.com", Person.PASSWORD, "", "");
            Person.registered(server, "bob@example.com");
        }
        assertThat(changed.email()).isNotEmpty();

        Restoration.Report report = here.restore(file, true, false);

        assertThat(report.events()).isPositive();
        assertThat(report.aside()).hasValueSatisfying(aside -> assertThat(aside).exists());
        try (TestServer server = here.server()) {
            Person before = at(server, ada);
            Person since = at(server, rotated);
            assertThat(before.me().status()).isEqualTo(401);
            assertThat(since.me().status()).isEqualTo(401);
            assertThat(before.refresh().code()).isEqualTo("TOKEN_REVOKED");
            assertThat(since.refresh().code()).isEqualTo("TOKEN_REVOKED");
            assertThat(server.client()
                            .post(
                                    "/api/v1/auth/reset-password",
                                    Map.of("token", mailed, "newPassword", "another-Harbour-43"))
                            .code())
                    .isEqualTo("INVALID_LINK");
            assertThat(before.loggedIn().me().status()).isEqualTo(200);
            assertThat(new Person(server, "bob@example.com", Person.PASSWORD, "", "")
                            .login()
                            .status())
                    .isEqualTo(401);
            assertThat(activeKey(here)).isNotEqualTo(kid);
            assertThat(server.client().get("/.well-known/jwks.json").body()).doesNotContain(kid);
            assertThat(server.auditNames()).contains("system.restored.v1");
            try (Operations operations = here.operations()) {
                assertThat(operations
                                .verifyAudit(Optional.empty(), (done, all) -> {})
                                .intact())
                        .isTrue();
            }
        }
        assertThat(names(here.folder()))
                .contains("latchkey.db", "master.key")
                .noneMatch(name -> name.contains("restoring") || name.contains("staged"));
    }

    @Test
    @DisplayName("an epoch that was reached after the backup is no higher than what a restore puts everybody into")
    void epochs() throws IOException {
        Installation here = installation("here");
        Path file = temporary.resolve("b.zip");
        long before;
        try (TestServer server = here.server()) {
            Person.registered(server, "ada@example.com");
            here.backUp(file);
            before = epoch(server);
        }
        here.restore(file, true, false);
        try (TestServer server = here.server()) {
            assertThat(epoch(server)).isGreaterThan(before + 100_000);
        }
    }

    @Test
    @DisplayName("where sessions are kept, what was in force at the time of the backup is in force again")
    void keepsSessions() throws IOException {
        Installation here = installation("here");
        Path file = temporary.resolve("b.zip");
        Person ada;
        try (TestServer server = here.server()) {
            ada = Person.registered(server, "ada@example.com");
            here.backUp(file);
        }
        Installation there = installation("there");
        Files.createDirectories(there.folder());
        Files.copy(here.folder().resolve("master.key"), there.folder().resolve("master.key"));

        assertThat(there.restore(file, false, true).aside()).isEmpty();

        try (TestServer server = there.server()) {
            assertThat(at(server, ada).me().status()).isEqualTo(200);
            assertThat(at(server, ada).refresh().status()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("what cannot be restored is refused with what to do, and leaves the place as it was")
    void refusals() throws IOException, SQLException {
        Installation here = installation("here");
        Path file = temporary.resolve("b.zip");
        try (TestServer server = here.server()) {
            Person.registered(server, "ada@example.com");
            here.backUp(file);
        }
        byte[] good = Files.readAllBytes(file);
        byte[] place = Files.readAllBytes(here.database());

        refused(here, file, false, IllegalStateException.class, "--force");
        ServerLock lock = ServerLock.take(here.folder());
        refused(here, file, true, IllegalStateException.class, "Stop it");
        lock.close();
        refused(here, temporary.resolve("absent.zip"), true, BackupException.class, "There is no backup");
        refused(
                here,
                write("text.zip", "no backup".getBytes(StandardCharsets.UTF_8)),
                true,
                BackupException.class,
                "no backup");
        refused(
                here,
                write("half.zip", Arrays.copyOf(good, good.length / 2)),
                true,
                BackupException.class,
                "first part");
        byte[] flipped = good.clone();
        flipped[good.length / 3] ^= 1;
        refused(here, write("flipped.zip", flipped), true, BackupException.class, "damaged");
        refused(
                here,
                repacked(file, "UPDATE audit_event SET outcome = 'altered'"),
                true,
                IllegalStateException.class,
                "altered");
        refused(
                here,
                repacked(
                        repacked(
                                file,
                                "INSERT INTO schema_history SELECT installed_rank + 900, '9999', description, type, script,"
                                        + " checksum, installed_by, installed_on, execution_time, success"
                                        + " FROM schema_history LIMIT 1"),
                        "UPDATE schema_floor SET must_know = 9999"),
                true,
                IllegalStateException.class,
                "newer Latchkey");
        Files.move(here.folder().resolve("master.key"), temporary.resolve("kept.key"));
        refused(here, file, true, SettingsException.class, "master key");
        Files.writeString(here.folder().resolve("master.key"), "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n");
        refused(here, file, true, SettingsException.class, "master key");

        assertThat(Files.readAllBytes(here.database())).isEqualTo(place);
    }

    @Test
    @DisplayName("a restore that was cut short keeps servers away from what is there")
    void cutShort() throws IOException {
        Installation here = installation("here");
        Path file = temporary.resolve("b.zip");
        try (TestServer server = here.server()) {
            Person.registered(server, "ada@example.com");
            here.backUp(file);
        }
        Files.writeString(Path.of(here.database() + ".restoring"), "half a database");
        assertThatThrownBy(here::server)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("did not finish");
        here.restore(file, true, false);
        try (TestServer server = here.server()) {
            assertThat(new Person(server, "ada@example.com", Person.PASSWORD, "", "")
                            .login()
                            .status())
                    .isEqualTo(200);
        }
    }

    @BothEngines
    @DisplayName("a database that other tools set back is settled in place the same way")
    void inPlace(TestDatabase database, MutableClock moved) {
        Person ada;
        Configuration configuration;
        try (TestServer server = TestServer.on(database, moved)) {
            ada = Person.registered(server, "ada@example.com");
            configuration = server.app().services().configuration;
        }
        moved.advance(Duration.ofSeconds(2));
        assertThat(Restoration.settle(configuration, moved, Progress.none())).isPositive();
        try (TestServer server = TestServer.on(database, moved)) {
            assertThat(at(server, ada).me().status()).isEqualTo(401);
            assertThat(at(server, ada).refresh().code()).isEqualTo("TOKEN_REVOKED");
            assertThat(at(server, ada).loggedIn().me().status()).isEqualTo(200);
        }
    }

    private Installation installation(String name) {
        return new Installation(temporary.resolve(name), clock);
    }

    private static void refused(
            Installation here, Path file, boolean force, Class<? extends Exception> kind, String what) {
        Map<String, Long> before = sizes(here.folder());
        assertThatThrownBy(() -> here.restore(file, force, false))
                .isInstanceOf(kind)
                .hasMessageContaining(what);
        assertThat(sizes(here.folder())).isEqualTo(before);
    }

    private static Map<String, Long> sizes(Path folder) {
        Map<String, Long> sizes = new HashMap<>();
        for (String name : names(folder)) {
            // The lock file holds the number of whichever process had it last.
            if (!name.equals(".lock")) {
                sizes.put(name, folder.resolve(name).toFile().length());
            }
        }
        return sizes;
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(temporary.resolve(name), bytes);
    }

    /** The same backup with a database that was changed, and the digest of that. */
    private Path repacked(Path backup, String change) throws IOException, SQLException {
        Path database = Files.createTempDirectory(temporary, "repack").resolve("latchkey.db");
        BackupFile file = new BackupFile(backup);
        Manifest manifest = file.manifest();
        file.extract(database, done -> {});
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode=DELETE");
            statement.execute(change);
            statement.execute("PRAGMA journal_mode=WAL");
        }
        Path repacked = database.resolveSibling("b.zip");
        new BackupFile(repacked).write(database, manifest, done -> {});
        return repacked;
    }

    private String activeKey(Installation installation) {
        try (Operations operations = installation.operations()) {
            return operations.keys().stream()
                    .filter(key -> key.use() == KeyUse.TOKEN)
                    .filter(key -> key.state() == KeyState.ACTIVE)
                    .findFirst()
                    .orElseThrow()
                    .kid();
        }
    }

    private static long epoch(TestServer server) {
        Services services = server.app().services();
        return services.userAdministration
                .page(TenantId.MAIN, UserListing.of(""), 10)
                .getFirst()
                .epoch();
    }

    private static Person at(TestServer server, Person person) {
        return new Person(server, person.email(), person.password(), person.accessToken(), person.refreshToken());
    }
}
