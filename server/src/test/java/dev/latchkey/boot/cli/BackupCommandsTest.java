package dev.latchkey.boot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupCommandsTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    @DisplayName(
            "a backup into a folder is named after the time; it is restored into an empty place or, by force, over another")
    void roundTrip() throws IOException {
        Path users = Files.writeString(folder.resolve("users.csv"), "email\nada@example.com\n");
        assertThat(run("here", "users", "import", users.toString())).isEqualTo(ExitCode.OK);
        assertThat(run("here", "backup", folder.toString())).as(text(err)).isEqualTo(ExitCode.OK);
        assertThat(text(out)).contains("The backup is ", "The master key (", "is not in it");
        Path backup = only(".zip");
        assertThat(backup.getFileName().toString()).matches("latchkey-\\d{8}T\\d{6}Z\\.zip");
        assertThat(run("here", "backup", backup.toString())).isEqualTo(ExitCode.NO);
        assertThat(run("here", "backup", folder.resolve("b.zip").toString(), "--json"))
                .isEqualTo(ExitCode.OK);
        assertThat(text(out)).contains("\"sha256\":\"", "\"takenAt\":\"");

        assertThat(run("here", "restore", backup.toString())).isEqualTo(ExitCode.NO);
        assertThat(text(err)).contains("--force");
        assertThat(run("here", "restore", backup.toString(), "--force"))
                .as(text(err))
                .isEqualTo(ExitCode.OK);
        assertThat(text(out))
                .contains("What was there before is ", "everybody logs in again", "Go through your records");
        assertThat(run("there", "restore", backup.toString())).isEqualTo(ExitCode.CONFIGURATION);
        Files.copy(
                folder.resolve("here").resolve("master.key"),
                folder.resolve("there").resolve("master.key"));
        assertThat(run("there", "restore", backup.toString(), "--keep-sessions"))
                .isEqualTo(ExitCode.OK);
        assertThat(text(out)).contains("in force again");
        assertThat(run("there", "users", "list")).isEqualTo(ExitCode.OK);
        assertThat(text(out)).contains("ada@example.com");
        assertThat(run("there", "restore", "--in-place")).isEqualTo(ExitCode.OK);
        assertThat(run("there", "restore")).isEqualTo(ExitCode.USAGE);
        assertThat(run("there", "restore", backup.toString(), "--in-place")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    @DisplayName("where there is no database none is made, for a backup of nothing would look like a good one")
    void nothingToBackUp() throws IOException {
        assertThat(run("here", "backup", folder.toString())).isEqualTo(ExitCode.NO);
        assertThat(text(err)).contains("There is no database at ", "--data");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    @DisplayName("on PostgreSQL both say what to do there, and ask for nothing of the database")
    void postgres() {
        String[] address = {"--set", "database.url=postgres://nobody@192.0.2.1/none"};
        assertThat(run("here", "backup", folder.toString(), address[0], address[1]))
                .isEqualTo(ExitCode.NO);
        assertThat(text(err)).contains("pg_dump", "pg_basebackup", "master key");
        assertThat(run("here", "restore", folder.resolve("x.zip").toString(), address[0], address[1]))
                .isEqualTo(ExitCode.NO);
        assertThat(text(err)).contains("pg_restore", "latchkey restore --in-place");
    }

    private Path only(String end) throws IOException {
        try (var files = Files.list(folder)) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(end)).toList();
            assertThat(found).hasSize(1);
            return found.getFirst();
        }
    }

    private int run(String data, String... arguments) {
        out.reset();
        err.reset();
        List<String> line = new ArrayList<>(List.of(arguments));
        line.addAll(List.of("--data", folder.resolve(data).toString()));
        return new CommandRunner(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(line.toArray(String[]::new));
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
