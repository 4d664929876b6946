package dev.latchkey.crash;

import dev.latchkey.boot.ApiClient;
import dev.latchkey.boot.Main;
import dev.latchkey.db.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code latchkey serve} in a process of its own, so that it can be killed. */
final class ServerProcess implements AutoCloseable {
    private static final String READY = "Latchkey is ready: http://localhost:";
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final Path log;
    private final int port;

    private ServerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.port = awaitPort();
    }

    /** Starts the server on any free port; returns once it is ready. Its errors are added to {@code server.log} in the folder. */
    static ServerProcess start(Path folder, Map<String, String> settings) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djdk.virtualThreadScheduler.parallelism=4",
                // Quick to start matters more here than fast once warm.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx192m",
                "-cp",
                ChildJvm.classPath(Main.class),
                Main.class.getName(),
                "serve",
                "--port",
                "0",
                "--data",
                folder.toString()));
        settings.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
        Path log = folder.resolve("server.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // Nobody's own settings reach the server.
        builder.environment().clear();
        try {
            return new ServerProcess(builder.start(), log);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    ApiClient client() {
        return new ApiClient(port);
    }

    /** SIGKILL; returns once the process is gone. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGTERM; returns once the server has closed. */
    void stop() {
        process.destroy();
        awaitEnd();
    }

    /** SIGSTOP: the process stands still until it is told to go on. */
    void pause() {
        signal("STOP");
    }

    /** SIGCONT. */
    void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }

    /** Kills it if it still runs. */
    @Override
    public void close() {
        kill();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the server does not end\n" + errors());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }

    private int awaitPort() {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(READY)) {
                    Thread.ofVirtual().start(() -> lines.lines().forEach(rest -> {}));
                    return Integer.parseInt(line.substring(READY.length()));
                }
            }
            throw new AssertionError("the server did not start\n" + errors());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private String errors() {
        try {
            return Files.readString(log);
        } catch (IOException failed) {
            return "(no log: " + failed.getMessage() + ")";
        }
    }
}
