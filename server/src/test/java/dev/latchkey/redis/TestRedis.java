package dev.latchkey.redis;

import dev.latchkey.core.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import redis.embedded.RedisServer;

/** A Redis server of a test, which comes as a Maven dependency. It can be stopped and started again on the same port. */
public final class TestRedis implements AutoCloseable {
    private static @Nullable TestRedis shared;
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final int port;
    private final String[] settings;
    private @Nullable RedisServer server;
    private long process;

    private TestRedis(int port, String... settings) {
        this.port = port;
        this.settings = settings;
        start();
    }

    /** One per JVM, for tests that leave it running; each takes a {@link #prefix()} of its own. */
    public static synchronized TestRedis running() {
        if (shared == null) {
            TestRedis started = new TestRedis(freePort());
            Runtime.getRuntime().addShutdownHook(new Thread(started::close));
            shared = started;
        }
        return shared;
    }

    /** One of the test's own. */
    public static TestRedis own(String... settings) {
        return new TestRedis(freePort(), settings);
    }

    /** Keys nobody else has. */
    public static String prefix() {
        return "test-" + COUNT.incrementAndGet();
    }

    public int port() {
        return port;
    }

    public synchronized void start() {
        try {
            var builder = RedisServer.newRedisServer()
                    .port(port)
                    .bind("127.0.0.1")
                    .setting("save \"\"")
                    .setting("maxmemory-policy noeviction")
                    .setting("daemonize no")
                    .onShutdownForceStop(true);
            for (String setting : settings) {
                builder.setting(setting);
            }
            Set<Long> others = processes();
            RedisServer starting = builder.build();
            starting.start();
            server = starting;
            process = processes().stream()
                    .filter(pid -> !others.contains(pid))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException failed) {
            throw new UncheckedIOException("The embedded Redis did not start", failed);
        }
    }

    /** Kills the process; what it held is lost. */
    public synchronized void stop() {
        try {
            if (server != null) {
                server.stop();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** From now on it takes connections and answers nothing. */
    public void pause() {
        signal("STOP");
    }

    public void resume() {
        signal("CONT");
    }

    private static Set<Long> processes() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").contains("redis-server"))
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A cold JVM on a busy machine may take longer than a server waits for its first connection. */
    public static void await(Redis redis) {
        Eventually.holds("Redis answers", redis::isAnswering);
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
