package dev.latchkey.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.cli.CommandRunner;
import dev.latchkey.boot.cli.ExitCode;
import dev.latchkey.crash.DrillLoad.Acknowledged;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The drill of docs/operations.md: back up a loaded server, restore on another machine, compare with what clients were told. */
@Timeout(600)
class RestoreDrillTest {
    private static final Map<String, String> SETTINGS = Map.of(
            "limits.enabled", "false",
            "server.access-log", "false",
            "password.breach-check", "false",
            "password.argon2-memory-kib", "7168",
            "password.argon2-iterations", "5",
            "password.hashing-waiting-per-address", "1000",
            "login.failure-floor", "0ms");
    private static final int LOGINS_TRIED = 25;

    @TempDir
    Path temporary;

    @Test
    @DisplayName("a backup under load holds every write acknowledged before it began, and its audit trail verifies")
    void drill(TestReporter reporter) throws Exception {
        Path here = Files.createDirectory(temporary.resolve("here"));
        Path there = Files.createDirectory(temporary.resolve("there"));
        List<Acknowledged> before;
        int all;
        ServerProcess server = ServerProcess.start(here, SETTINGS);
        try {
            DrillLoad load = new DrillLoad(server);
            load.more(400);
            before = load.acknowledged();
            run(here, "backup", temporary.resolve("drill.zip").toString());
            load.more(100);
            load.end();
            all = load.acknowledged().size();
        } finally {
            server.stop();
        }
        Files.copy(here.resolve("master.key"), there.resolve("master.key"));
        run(there, "restore", temporary.resolve("drill.zip").toString());
        run(there, "audit", "verify");

        Map<String, List<String>> events;
        try (StoredData data = new StoredData(there, SETTINGS)) {
            data.requireWhole();
            events = data.eventsByRequest();
        }
        assertThat(before)
                .allSatisfy(write -> assertThat(events.getOrDefault(write.request(), List.of()))
                        .as("an acknowledged %s", write.act())
                        .containsOnlyOnce(write.act().event()));
        List<Acknowledged> signUps =
                before.stream().filter(write -> write.act() == Act.SIGN_UP).toList();
        ServerProcess restored = ServerProcess.start(there, SETTINGS);
        try {
            for (Acknowledged signUp : signUps.subList(0, Math.min(LOGINS_TRIED, signUps.size()))) {
                assertThat(restored.client()
                                .post(
                                        "/api/v1/auth/login",
                                        Map.of("email", signUp.email(), "password", signUp.password()))
                                .status())
                        .as("an acknowledged sign-up")
                        .isEqualTo(200);
            }
        } finally {
            restored.stop();
        }
        reporter.publishEntry(Map.of(
                "acknowledged before the backup", Integer.toString(before.size()),
                "acknowledged in all", Integer.toString(all),
                "sign-ups before", Integer.toString(signUps.size())));
    }

    private static void run(Path folder, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        List<String> line = new ArrayList<>(List.of(arguments));
        line.addAll(List.of("--data", folder.toString()));
        int code = new CommandRunner(print, print).run(line.toArray(String[]::new));
        assertThat(code).as(out.toString(StandardCharsets.UTF_8)).isEqualTo(ExitCode.OK);
    }
}
