package dev.latchkey.boot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.Engine;
import dev.latchkey.db.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HealthCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void aServerThatTakesTrafficIsWell() {
        try (TestDatabase database = TestDatabase.on(Engine.SQLITE);
                TestServer server = TestServer.on(database, new MutableClock())) {
            int port = server.app().server().operationsPort();
            assertThat(run("health", "--set", "operations.port=" + port)).isEqualTo(ExitCode.OK);
            assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("{\"status\":\"UP\"");
            assertThat(run("health", "--set", "operations.port=" + port, "--set", "operations.host=0.0.0.0"))
                    .isEqualTo(ExitCode.OK);
        }
    }

    @Test
    void noServerIsSaidSo() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        assertThat(run("health", "--set", "operations.port=" + free)).isEqualTo(ExitCode.NO);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("No server answers at http://127.0.0.1:" + free);
        assertThat(run("health", "--set", "server.port=0")).isEqualTo(ExitCode.NO);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("set operations.port");
    }

    private int run(String... arguments) {
        return new CommandRunner(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(arguments);
    }
}
