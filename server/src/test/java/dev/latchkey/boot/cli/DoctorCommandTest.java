package dev.latchkey.boot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DoctorCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    @DisplayName("warnings are no failure unless they are asked to be; a failure is exit code 1")
    void exitCodes() {
        assertThat(run()).isEqualTo(ExitCode.OK);
        assertThat(text(out)).contains("WARN  profile").contains("0 failures, ");
        assertThat(run("--strict")).isEqualTo(ExitCode.NO);
        assertThat(run("--set", "server.public-url=http://login.example.com")).isEqualTo(ExitCode.NO);
        assertThat(text(out)).contains("FAIL  public URL");
        assertThat(run("--set", "no.such=key")).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void json() {
        assertThat(run("--json")).isEqualTo(ExitCode.OK);
        JsonNode rows = JsonMapper.shared().readTree(text(out));
        assertThat(rows.isArray()).isTrue();
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.at("/level").asString()).isIn("OK", "WARN", "FAIL");
            assertThat(row.at("/check").asString()).isNotEmpty();
            assertThat(row.at("/says").asString()).endsWith(".");
        });
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        List<String> all = new ArrayList<>(
                List.of("doctor", "--data", folder.resolve("data").toString()));
        all.addAll(List.of("--set", "server.port=0", "--set", "password.hashing-threads=1"));
        all.addAll(List.of(arguments));
        return new CommandRunner(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(all.toArray(String[]::new));
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
