package dev.latchkey.redis;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Processes of the machine's own Redis, where it is installed; a test that needs them is skipped elsewhere. */
final class InstalledRedis implements AutoCloseable {
    private static final int BUS_OFFSET = 10_000;
    private static final int HIGHEST = 65_535 - BUS_OFFSET;

    private final Path folder;
    private final List<Process> processes = new ArrayList<>();

    private InstalledRedis(Path folder) {
        this.folder = folder;
    }

    static InstalledRedis in(Path folder) {
        assumeTrue(
                Stream.of("redis-server", "redis-cli").allMatch(InstalledRedis::isInstalled),
                "skipped: install redis-server and redis-cli (Debian: apt-get install redis-server) to run this test");
        return new InstalledRedis(folder);
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    /** A port that is free now, and low enough for a cluster's second port above it. */
    static int port() {
        int port = TestRedis.freePort();
        while (port > HIGHEST) {
            port = TestRedis.freePort();
        }
        return port;
    }

    /** Starts {@code redis-server} with these arguments in a folder of its own; returns once it takes connections. */
    Process server(int port, String... arguments) {
        return server(port, port, arguments);
    }

    /** @param plainPort 0 where it only talks TLS, on {@code port} */
    Process server(int plainPort, int port, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--port", Integer.toString(plainPort)));
        all.addAll(List.of(arguments));
        return start(port, all);
    }

    /** Starts a Sentinel that alone decides about the master of this name. */
    Process sentinel(int port, String master, int masterPort) {
        Path file = folder.resolve("sentinel-" + port + ".conf");
        try {
            Files.writeString(file, """
                    port %d
                    bind 127.0.0.1
                    sentinel monitor %s 127.0.0.1 %d 1
                    sentinel down-after-milliseconds %s 1000
                    sentinel failover-timeout %s 5000
                    """.formatted(port, master, masterPort, master, master));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return run(port, List.of("redis-server", file.toString(), "--sentinel"));
    }

    /** What {@code redis-cli} prints; fails the test if it refuses. */
    String cli(int port, String... arguments) {
        List<String> command = new ArrayList<>(List.of("redis-cli", "-p", Integer.toString(port)));
        command.addAll(List.of(arguments));
        return output(command);
    }

    /** Makes one cluster of these servers, without replicas; returns once every slot is served. */
    void cluster(List<Integer> ports) {
        List<String> command = new ArrayList<>(List.of("redis-cli", "--cluster", "create"));
        ports.forEach(port -> command.add("127.0.0.1:" + port));
        command.addAll(List.of("--cluster-replicas", "0", "--cluster-yes"));
        output(command);
        for (int port : ports) {
            await(
                    "the cluster is not complete",
                    () -> cli(port, "cluster", "info").contains("cluster_state:ok"));
        }
    }

    interface Condition {
        boolean holds();
    }

    static void await(String otherwise, Condition condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(otherwise);
            }
        }
    }

    private Process start(int port, List<String> arguments) {
        Path own = folder.resolve("redis-" + port);
        try {
            Files.createDirectories(own);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        List<String> command =
                new ArrayList<>(List.of("redis-server", "--bind", "127.0.0.1", "--save", "", "--dir", own.toString()));
        command.addAll(arguments);
        return run(port, command);
    }

    private Process run(int port, List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("redis-" + port + ".log").toFile())
                    .start();
            processes.add(process);
            await("redis-server does not start: " + command, () -> takesConnections(port));
            return process;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static boolean takesConnections(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String output(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(command + ": " + text);
            }
            return text;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        for (Process process : processes) {
            try {
                process.waitFor();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
