package dev.latchkey.redis;

import dev.latchkey.core.Eventually;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.sentinel.api.StatefulRedisSentinelConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import redis.embedded.core.ExecutableProvider;

/** Servers, Sentinels and clusters of the Redis that comes as a Maven dependency, each process with its own arguments. */
final class RedisProcesses implements AutoCloseable {
    private static final int BUS_OFFSET = 10_000;
    private static final int HIGHEST = 65_535 - BUS_OFFSET;
    private static final int SLOTS = 16_384;

    private final Path folder;
    private final String program;
    private final RedisClient client = RedisClient.create();
    private final List<Process> processes = new ArrayList<>();

    private RedisProcesses(Path folder, String program) {
        this.folder = folder;
        this.program = program;
    }

    static RedisProcesses in(Path folder) {
        try {
            return new RedisProcesses(
                    folder,
                    ExecutableProvider.newJarResourceProvider(folder.toFile())
                            .get()
                            .getPath());
        } catch (IOException failed) {
            throw new UncheckedIOException("The embedded Redis cannot be unpacked", failed);
        }
    }

    /** A port that is free now, and low enough for a cluster's second port above it. */
    static int port() {
        int port = TestRedis.freePort();
        while (port > HIGHEST) {
            port = TestRedis.freePort();
        }
        return port;
    }

    /** Whether this machine's build of the dependency can; not all of them do. */
    boolean speaksTls() {
        try {
            // It ends at once: there is nothing to listen on.
            Process process = new ProcessBuilder(program, "--port", "0", "--tls-port", "0")
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            return !new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .contains("Bad directive");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Starts a server with these arguments in a folder of its own; returns once it takes connections. */
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
        return run(port, List.of(program, file.toString(), "--sentinel"));
    }

    /** What the server at this port answers. */
    <T> T ask(int port, Function<RedisCommands<String, String>, T> question) {
        try (StatefulRedisConnection<String, String> connection = client.connect(at(port))) {
            return question.apply(connection.sync());
        }
    }

    /** How many replicas the Sentinel at this port knows of. */
    int replicas(int port, String master) {
        try (StatefulRedisSentinelConnection<String, String> connection = client.connectSentinel(at(port))) {
            return connection.sync().replicas(master).size();
        }
    }

    /** Makes one cluster of these servers, without replicas; returns once each of them knows who serves every slot. */
    void cluster(List<Integer> ports) {
        int share = SLOTS / ports.size() + 1;
        for (int i = 0; i < ports.size(); i++) {
            int epoch = i + 1;
            int[] slots =
                    IntStream.range(share * i, Math.min(SLOTS, share * (i + 1))).toArray();
            ask(ports.get(i), redis -> redis.clusterSetConfigEpoch(epoch) + redis.clusterAddSlots(slots));
            ask(ports.get(i), redis -> redis.clusterMeet("127.0.0.1", ports.getFirst()));
        }
        for (int port : ports) {
            Eventually.holds(
                    "the cluster is complete",
                    () -> ask(port, RedisCommands::clusterInfo).contains("cluster_state:ok"));
        }
    }

    private static RedisURI at(int port) {
        return RedisURI.create("127.0.0.1", port);
    }

    private Process start(int port, List<String> arguments) {
        Path own = folder.resolve("redis-" + port);
        try {
            Files.createDirectories(own);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        List<String> command =
                new ArrayList<>(List.of(program, "--bind", "127.0.0.1", "--save", "", "--dir", own.toString()));
        command.addAll(arguments);
        return run(port, command);
    }

    private Process run(int port, List<String> command) {
        Path log = folder.resolve("redis-" + port + ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            processes.add(process);
            Eventually.holds("Redis takes connections", () -> {
                if (!process.isAlive()) {
                    throw new AssertionError(command + " ended: " + Files.readString(log));
                }
                return takesConnections(port);
            });
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

    @Override
    public void close() {
        client.close();
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
