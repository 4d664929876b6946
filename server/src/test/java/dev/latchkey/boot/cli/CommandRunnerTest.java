package dev.latchkey.boot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Configuration;
import dev.latchkey.boot.DerivedValues;
import dev.latchkey.boot.KnownSettings;
import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import dev.latchkey.config.SettingsReference;
import dev.latchkey.db.ServerLock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CommandRunnerTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    void withoutAVerbTheVerbsAreListed() {
        assertThat(run()).isEqualTo(ExitCode.USAGE);
        assertThat(text(err)).contains("latchkey config check");
        assertThat(run("--help")).isEqualTo(ExitCode.OK);
        assertThat(text(out)).contains("latchkey config check");
    }

    @Test
    void anUnknownVerbSaysSo() {
        assertThat(run("sevre")).isEqualTo(ExitCode.USAGE);
        assertThat(text(err)).startsWith("There is no command \"sevre\".");
    }

    @Test
    void aWrongOptionNamesTheHelp() {
        assertThat(run("config", "print", "--jsno")).isEqualTo(ExitCode.USAGE);
        assertThat(text(err)).contains("--jsno").contains("latchkey config print --help");
    }

    @Test
    void aSecondServerOnAFolderSaysWhatToDo() {
        ServerLock lock = ServerLock.take(folder);
        try {
            assertThat(run("serve", "--data", folder.toString())).isEqualTo(ExitCode.NO);
            assertThat(text(err)).startsWith("Another Latchkey server").contains("--data DIR");
        } finally {
            lock.close();
        }
    }

    @Test
    void aBadConfigurationIsReportedWhole() throws IOException {
        Path file = Files.writeString(folder.resolve("a.yaml"), "version: 1\nlog:\n  level: loud\n  formt: json\n");
        assertThat(run("config", "check", "--config", file.toString())).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(text(err))
                .contains("log.level (" + file + " line 3) must be one of error, warn, info, debug")
                .contains("log.formt (" + file + " line 4) is not a known key; did you mean log.format?");
    }

    @Test
    void theCheckSeesWhatTheServerWouldRefuse() {
        assertThat(run("config", "check", "--set", "limits.enabled=false")).isEqualTo(ExitCode.OK);
        assertThat(text(out)).contains("development profile");
        assertThat(run("config", "check", "--set", "server.host=0.0.0.0", "--set", "limits.enabled=false"))
                .isEqualTo(ExitCode.CONFIGURATION);
        assertThat(text(err)).contains("limits.enabled");
    }

    @Test
    void valuesInForceArePrintedWithTheirSource() {
        assertThat(run("config", "print", "--json", "--set", "log.level=debug")).isEqualTo(ExitCode.OK);
        JsonNode rows = JsonMapper.shared().readTree(text(out));
        assertThat(rows)
                .anySatisfy(row -> assertThat(row.toString())
                        .isEqualTo("{\"key\":\"log.level\",\"value\":\"debug\",\"source\":\"command line\"}"));
    }

    @Test
    void whatFollowsFromOtherSettingsIsPrintedAsItIsInForce() {
        assertThat(run("config", "print")).isEqualTo(ExitCode.OK);
        assertThat(text(out))
                .contains("docs.enabled = true   # default, worked out\n")
                .contains("server.public-url = http://localhost:3001   # default, worked out\n")
                .contains("operations.port = 3002   # default, worked out\n")
                .contains("token.issuer = http://localhost:3001   # default, worked out\n")
                .contains("password.min-length = 8   # default, worked out\n")
                .contains("human-check.hostnames =    # default\n");
        assertThat(run(
                        "config",
                        "print",
                        "--set",
                        "server.host=0.0.0.0",
                        "--set",
                        "token.issuer=https://id.example.com"))
                .isEqualTo(ExitCode.OK);
        assertThat(text(out))
                .contains("docs.enabled = false   # default\n")
                .contains("token.issuer = https://id.example.com   # command line\n")
                .contains("token.audience = https://id.example.com   # default, worked out\n");
        assertThat(run("config", "print", "--set", "server.host=0.0.0.0", "--set", "limits.enabled=false"))
                .isEqualTo(ExitCode.OK);
        assertThat(text(out)).contains("limits.enabled = false   # command line\n");
    }

    @Test
    void whatIsWorkedOutIsASetting() {
        Configuration configuration = Configuration.from(Settings.defaults(KnownSettings.all()), Map.of());
        assertThat(KnownSettings.all().stream().map(Setting::key))
                .containsAll(DerivedValues.of(configuration).keySet());
    }

    @Test
    void theReferenceInTheDocumentationIsTheGeneratedOne() throws IOException {
        assertThat(run("config", "reference")).isEqualTo(ExitCode.OK);
        assertThat(text(out)).isEqualTo(SettingsReference.markdown(KnownSettings.all()));
        assertThat(Files.readString(Path.of("..", "docs", "config.md")))
                .as("docs/config.md; write it anew with: ./latchkey config reference > docs/config.md")
                .isEqualTo(text(out));
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        return new CommandRunner(new PrintStream(out, true), new PrintStream(err, true)).run(arguments);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
