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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DatabaseCommandsTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final InputStream standardInput = System.in;

    @TempDir
    Path folder;

    @AfterEach
    void restoreStandardInput() {
        System.setIn(standardInput);
    }

    @Test
    void migrateChecksBeforeItChanges() {
        assertThat(run("migrate", "--check")).isEqualTo(ExitCode.NO);
        assertThat(text(out)).contains("0005_user.sql");
        assertThat(run("migrate")).isEqualTo(ExitCode.OK);
        assertThat(run("migrate", "--check")).isEqualTo(ExitCode.OK);
    }

    @Test
    void aUserIsCreatedListedDisabledEnabledAndUnlocked() {
        type("plum-Harbour-42-kite");
        assertThat(run(
                        "users",
                        "create",
                        "--email",
                        "ada@example.com",
                        "--role",
                        "ADMIN",
                        "--password-stdin",
                        "--json"))
                .as(text(err))
                .isEqualTo(ExitCode.OK);
        assertThat(json(out).at("/roles/0").asString()).isEqualTo("ADMIN");

        type("plum-Harbour-42-kite");
        assertThat(run("users", "create", "--email", "bob@example.com", "--password-stdin"))
                .isEqualTo(ExitCode.OK);
        assertThat(run("users", "disable", "--email", "bob@example.com", "--json"))
                .isEqualTo(ExitCode.OK);
        assertThat(json(out).at("/status").asString()).isEqualTo("disabled");
        assertThat(run("users", "enable", "--email", "bob@example.com")).isEqualTo(ExitCode.OK);
        assertThat(run("users", "unlock", "--email", "bob@example.com")).isEqualTo(ExitCode.OK);
        assertThat(run("users", "list", "--json")).isEqualTo(ExitCode.OK);
        assertThat(json(out).size()).isEqualTo(2);
        assertThat(run("users", "list")).isEqualTo(ExitCode.OK);
        assertThat(text(out).lines())
                .hasSize(3)
                .first()
                .asString()
                .matches("id +email +status +verified +roles +createdAt");
        assertThat(text(out).lines().skip(1))
                .allMatch(line -> line.matches(".{36}  \\S+  active  no        (ADMIN|USER ) .*Z"));
    }

    @Test
    void whatCannotBeDoneIsASentenceAndAnExitCode() {
        assertThat(run("users", "disable", "--email", "nobody@example.com")).isEqualTo(ExitCode.NO);
        type("");
        assertThat(run("users", "create", "--email", "ada@example.com", "--password-stdin"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(text(err)).startsWith("There is no password on standard input.");
        type("password1");
        assertThat(run("users", "create", "--email", "ada@example.com", "--password-stdin"))
                .isEqualTo(ExitCode.NO);
        assertThat(text(err)).contains("password:");
    }

    @Test
    void keysAreListedAndRotated() {
        assertThat(run("keys", "rotate", "--json")).isEqualTo(ExitCode.OK);
        assertThat(json(out).at("/state").asString()).isEqualTo("next");
        assertThat(run("keys", "list", "--json")).isEqualTo(ExitCode.OK);
        assertThat(text(out)).contains("\"state\":\"active\"").contains("\"state\":\"next\"");
        String kid = json(out)
                .valueStream()
                .filter(key -> key.at("/state").asString().equals("active")
                        && key.at("/use").asString().equals("token"))
                .findFirst()
                .orElseThrow()
                .at("/kid")
                .asString();
        assertThat(run("keys", "cut-off", "--kid", kid, "--json")).isEqualTo(ExitCode.OK);
        assertThat(json(out).at("/state").asString()).isEqualTo("revoked");
        assertThat(run("keys", "cut-off", "--kid", "unknown")).isEqualTo(ExitCode.NO);
    }

    @Test
    void theAuditTrailIsProvedAndExported() throws IOException {
        type("plum-Harbour-42-kite");
        run("users", "create", "--email", "ada@example.com", "--password-stdin");
        Path file = folder.resolve("audit.jsonl");

        assertThat(run("audit", "export", "--to", file.toString())).isEqualTo(ExitCode.OK);
        assertThat(file).content().contains("user.created.v1").contains("\"checkpoint\":");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(run("audit", "export", "--to", file.toString())).isEqualTo(ExitCode.NO);
        assertThat(text(err)).contains(file + " exists already");
        assertThat(run("audit", "verify", "--json")).isEqualTo(ExitCode.OK);
        assertThat(json(out).at("/intact").asBoolean()).isTrue();
    }

    @Test
    void theReportCountsForPeopleAndForPrograms() {
        type("plum-Harbour-42-kite");
        run("users", "create", "--email", "ada@example.com", "--role", "ADMIN", "--password-stdin");

        assertThat(run("report")).as(text(err)).isEqualTo(ExitCode.OK);
        assertThat(text(out))
                .containsPattern("(?m)^ +1  in all$")
                .containsPattern("(?m)^ +1  with role ADMIN$")
                .containsPattern("(?m)^ +0  asked for one when they sign in, 0.0 % of all accounts$")
                .containsPattern("(?m)^ +1  administrators without any$")
                .containsPattern("(?m)^ +1  user.created.v1$");
        assertThat(run("report", "--json")).isEqualTo(ExitCode.OK);
        assertThat(json(out).at("/accounts/roles/ADMIN").asInt()).isOne();
        assertThat(json(out).at("/secondFactors/asked").asInt()).isZero();
        assertThat(json(out).at("/events/user.created.v1").asInt()).isOne();
        assertThat(run("report", "--days", "0")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aPasswordIsHashed() {
        type("plum-Harbour-42-kite");
        ByteArrayOutputStream hashed = new ByteArrayOutputStream();
        int code = new CommandRunner(new PrintStream(hashed, true, StandardCharsets.UTF_8), System.err)
                .run("hash-password");
        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(text(hashed)).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", folder.resolve("data").toString(), "--set", "password.breach-check=false"));
        return new CommandRunner(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(all.toArray(String[]::new));
    }

    private static void type(String line) {
        System.setIn(new ByteArrayInputStream((line + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    private static JsonNode json(ByteArrayOutputStream stream) {
        return JsonMapper.shared().readTree(text(stream));
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
