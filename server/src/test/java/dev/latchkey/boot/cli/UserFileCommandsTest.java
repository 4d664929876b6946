package dev.latchkey.boot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserFileCommandsTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final InputStream standardInput = System.in;
    private final PrintStream standardError = System.err;

    @TempDir
    Path folder;

    @AfterEach
    void restoreStandardStreams() {
        System.setIn(standardInput);
        System.setErr(standardError);
    }

    @Test
    @DisplayName("an import with bad rows ends with 1 and leaves them in a file of its owner's, each time another")
    void rejects() throws IOException {
        Path file = Files.writeString(folder.resolve("users.csv"), "email,name\nada@example.com,Ada\nnobody,Bob\n");
        assertThat(run("users", "import", file.toString())).isEqualTo(ExitCode.NO);
        assertThat(text(out)).contains("Of 2 rows 1 are new users", "1 were rejected", "users.csv.rejects.csv");
        assertThat(text(err)).contains("Line 3: email: Give an e-mail address");
        Path rejects = folder.resolve("users.csv.rejects.csv");
        assertThat(Files.readString(rejects)).startsWith("email,name,rejectedBecause\nnobody,Bob,");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(rejects)))
                .isEqualTo("rw-------");

        assertThat(run("users", "import", file.toString(), "--json")).isEqualTo(ExitCode.NO);
        assertThat(text(out)).contains("\"present\":1", "\"rejected\":1");
        assertThat(folder.resolve("users.csv.rejects-2.csv")).exists();
        assertThat(run("users", "import", file.toString(), "--rejects", rejects.toString()))
                .isEqualTo(ExitCode.NO);
        assertThat(text(err)).contains("exists already");
    }

    @Test
    @DisplayName("from standard input; a dry run writes nothing; what cannot be read at all is a sentence")
    void standardInput() throws IOException {
        System.setIn(new ByteArrayInputStream("{\"email\":\"ada@example.com\"}\n".getBytes(StandardCharsets.UTF_8)));
        assertThat(run("users", "import", "-", "--format", "jsonl", "--dry-run"))
                .isEqualTo(ExitCode.OK);
        assertThat(text(out)).contains("Nothing was written", "1 would be new");
        assertThat(run("users", "import", "-")).isEqualTo(ExitCode.USAGE);
        assertThat(run("users", "import", folder.resolve("absent.csv").toString()))
                .isEqualTo(ExitCode.NO);
        Path passwords = Files.writeString(folder.resolve("p.csv"), "email,password\na@example.com,x\n");
        assertThat(run("users", "import", passwords.toString())).isEqualTo(ExitCode.NO);
        assertThat(text(err)).contains("Passwords in the clear are not imported");
    }

    @Test
    @DisplayName("an export is a new file of its owner's, or standard output")
    void export() throws IOException {
        Path users = Files.writeString(folder.resolve("users.csv"), "email\nada@example.com\n");
        assertThat(run("users", "import", users.toString())).isEqualTo(ExitCode.OK);
        Path file = folder.resolve("export.jsonl");
        assertThat(run("users", "export", "--to", file.toString())).isEqualTo(ExitCode.OK);
        assertThat(text(out)).contains("1 users were written");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(run("users", "export", "--to", file.toString())).isEqualTo(ExitCode.NO);
        assertThat(run("users", "export")).isEqualTo(ExitCode.OK);
        assertThat(text(out)).isEqualTo(Files.readString(file));
    }

    @Test
    @DisplayName("verbs that look make nothing: no database, no key, no migration")
    void readingVerbs() throws IOException {
        for (String[] verb : List.of(
                new String[] {"audit", "verify"}, new String[] {"users", "list"}, new String[] {"keys", "list"})) {
            assertThat(run(verb)).isEqualTo(ExitCode.NO);
            assertThat(text(err)).contains("There is no database");
            assertThat(folder.resolve("data")).doesNotExist();
        }
        assertThat(run("migrate")).isEqualTo(ExitCode.OK);
        assertThat(run("users", "list")).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(folder.resolve("data").resolve("master.key")).doesNotExist();
        Path users = Files.writeString(folder.resolve("users.csv"), "email\nada@example.com\n");
        assertThat(run("users", "import", users.toString())).isEqualTo(ExitCode.OK);
        Path database = folder.resolve("data").resolve("latchkey.db");
        byte[] before = Files.readAllBytes(database);
        assertThat(run("audit", "verify")).as(text(err)).isEqualTo(ExitCode.OK);
        assertThat(run("users", "list")).isEqualTo(ExitCode.OK);
        assertThat(run("keys", "list")).isEqualTo(ExitCode.OK);
        assertThat(Files.readAllBytes(database)).isEqualTo(before);
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        List<String> line = new ArrayList<>(List.of(arguments));
        line.add("--data");
        line.add(folder.resolve("data").toString());
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        System.setErr(errors);
        return new CommandRunner(new PrintStream(out, true, StandardCharsets.UTF_8), errors)
                .run(line.toArray(String[]::new));
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
