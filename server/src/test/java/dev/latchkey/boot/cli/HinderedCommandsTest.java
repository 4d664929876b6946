package dev.latchkey.boot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.db.Database;
import dev.latchkey.db.DatabaseConfig;
import dev.latchkey.db.Databases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What an operator can cure is a sentence and a documented exit code, never a stack trace")
class HinderedCommandsTest {
    private static final String AWAY = "database.url=postgres://nobody@127.0.0.1:1/none";

    @TempDir
    Path folder;

    @Test
    @DisplayName("a database that is away is 1 for every verb, so that systemd tries the server again")
    void databaseAway() {
        Shell shell = new Shell("--set", AWAY, "--data", data().toString());
        for (List<String> verb : List.of(
                List.of("migrate"),
                List.of("migrate", "--check"),
                List.of("serve", "--port", "0"),
                List.of("users", "list"),
                List.of("restore", "--in-place"))) {
            hindered(shell, ExitCode.NO, "The database cannot be opened: ", verb.toArray(String[]::new));
            assertThat(shell.err()).contains("Check database.url");
        }
    }

    @Test
    void newerSchema() {
        Shell shell = shell();
        assertThat(shell.run("migrate")).isEqualTo(ExitCode.OK);
        try (Database database = Databases.open(DatabaseConfig.sqliteIn(data()))) {
            database.tx(tx -> tx.handle().execute("""
                    INSERT INTO schema_history SELECT installed_rank + 900, '9999', description, type, script, checksum,
                        installed_by, installed_on, execution_time, success FROM schema_history LIMIT 1"""));
            database.tx(tx -> tx.handle().execute("UPDATE schema_floor SET must_know = 9999"));
        }
        hindered(shell, ExitCode.NO, "A newer Latchkey has used this database", "migrate");
        hindered(shell, ExitCode.NO, "A newer Latchkey has used this database", "migrate", "--check");
    }

    @Test
    @DisplayName("a data folder that cannot be used is configuration, for which systemd does not try again")
    void dataFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        Shell shell = new Shell("--data", file.resolve("data").toString());
        hindered(shell, ExitCode.CONFIGURATION, "data cannot be used: ", "serve", "--port", "0");
        hindered(shell, ExitCode.NO, "cannot be created: ", "migrate");
    }

    @Test
    @DisplayName("a master key that cannot be read is configuration, and doctor goes on to everything else")
    void masterKey() throws IOException {
        Shell shell = shell();
        assertThat(shell.run("keys", "rotate")).as(shell.err()).isEqualTo(ExitCode.OK);
        Path key = data().resolve("master.key");
        Files.delete(key);
        Files.createDirectory(key);
        hindered(shell, ExitCode.CONFIGURATION, "The master key file " + key + " cannot be read: ", "keys", "list");
        hindered(
                shell,
                ExitCode.CONFIGURATION,
                "The master key file " + key + " cannot be read: ",
                "serve",
                "--port",
                "0");
        assertThat(shell.run("doctor", "--set", "password.hashing-threads=1")).isEqualTo(ExitCode.NO);
        assertThat(shell.out())
                .containsPattern("FAIL +database +The master key file .* cannot be read")
                .contains("disk space", " failures, ");
    }

    @Test
    void backupAndRestore() throws IOException {
        Shell shell = shell();
        Path backup = folder.resolve("b.zip");
        assertThat(shell.run("migrate")).isEqualTo(ExitCode.OK);
        assertThat(shell.run("backup", backup.toString())).as(shell.err()).isEqualTo(ExitCode.OK);
        Path inTheWay = Files.createDirectories(folder.resolve("c.zip.part").resolve("in the way"));
        hindered(
                shell,
                ExitCode.NO,
                inTheWay.getParent() + " cannot be used: ",
                "backup",
                folder.resolve("c.zip").toString());
        hindered(shell, ExitCode.NO, "There is no backup", "restore", folder.toString(), "--force");
        Path staged =
                Files.createDirectories(data().resolve("latchkey.db.staged").resolve("in the way"));
        hindered(shell, ExitCode.NO, staged.getParent() + " cannot be used: ", "restore", backup.toString(), "--force");
    }

    @Test
    void filesThatAreNone() throws IOException {
        Shell shell = shell();
        assertThat(shell.run("migrate")).isEqualTo(ExitCode.OK);
        Path users = Files.createDirectory(folder.resolve("users.csv"));
        hindered(shell, ExitCode.NO, users + " is a folder", "users", "import", users.toString());
        Path nowhere = folder.resolve("no").resolve("such.jsonl");
        hindered(
                shell,
                ExitCode.NO,
                nowhere + " cannot be used: there is no such",
                "users",
                "export",
                "--to",
                nowhere.toString());
        hindered(
                shell,
                ExitCode.NO,
                nowhere + " cannot be used: there is no such",
                "audit",
                "export",
                "--to",
                nowhere.toString());
        assertThat(shell.run("keys", "rotate")).isEqualTo(ExitCode.OK);
        hindered(
                shell,
                ExitCode.NO,
                nowhere + " cannot be used: ",
                "audit",
                "verify",
                "--checkpoint",
                nowhere.toString());
        Path text = Files.writeString(folder.resolve("text"), "no checkpoint");
        hindered(shell, ExitCode.NO, "holds no checkpoint", "audit", "verify", "--checkpoint", text.toString());
    }

    @Test
    @DisplayName("an export that cannot begin leaves no file that would be in the way of the next")
    void noEmptyFiles() {
        Shell away = new Shell("--set", AWAY, "--data", data().toString());
        for (String what : List.of("users", "audit")) {
            Path file = folder.resolve(what + ".jsonl");
            hindered(away, ExitCode.NO, "cannot be opened", what, "export", "--to", file.toString());
            assertThat(file).doesNotExist();
        }
    }

    private void hindered(Shell shell, int exitCode, String says, String... arguments) {
        assertThat(shell.run(arguments)).as(shell.err()).isEqualTo(exitCode);
        assertThat(shell.err()).contains(says).doesNotContain("unexpectedly").doesNotContain("\tat ");
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Shell shell() {
        return new Shell("--data", data().toString());
    }
}
