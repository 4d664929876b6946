package dev.latchkey.e2e;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The server in a process of its own, on a port of its own, with an empty database. */
final class ServerProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);

    private final Process process;
    private final Path log;
    private final int port;
    private final HttpClient client = HttpClient.newHttpClient();

    /** @param environment settings, as {@code LATCHKEY_…} */
    ServerProcess(String name, Map<String, String> environment) {
        try {
            Path folder = Files.createDirectories(Installed.target().resolve("servers"));
            Path data = Files.createTempDirectory(folder, name);
            log = data.resolve("output.txt");
            port = freePort();
            ProcessBuilder builder = new ProcessBuilder(command());
            builder.environment().keySet().removeIf(key -> key.startsWith("LATCHKEY_"));
            builder.environment().putAll(environment);
            builder.environment().put("LATCHKEY_SERVER_PORT", Integer.toString(port));
            builder.environment().put("LATCHKEY_OPERATIONS_PORT", Integer.toString(freePort()));
            builder.environment()
                    .put("LATCHKEY_DATA_DIRECTORY", data.resolve("data").toString());
            process = builder.directory(data.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            Ready.await(START, () -> "the server; its output is in " + log, this::ready);
        } catch (IllegalStateException late) {
            close();
            throw late;
        }
    }

    /** As browsers see it. */
    String origin() {
        return "http://localhost:" + port;
    }

    /** The path to the page where the first administrator signs up, as the server leaves it in its data folder. */
    String firstAdministrator() {
        try {
            String link = Files.readString(log.resolveSibling("data").resolve("first-admin-link"))
                    .strip();
            return link.substring(link.indexOf("/first-admin"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The body of a page, asked for as a program would. */
    String get(String path, String accept) {
        return send(path, accept).body();
    }

    private HttpResponse<String> send(String path, String accept) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(origin() + path))
                .header("Accept", accept)
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private boolean ready() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the server stopped at once; its output is in " + log);
        }
        try {
            return send("/health/ready", "application/json").statusCode() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    private static List<String> command() {
        Path server = Path.of(Installed.server().split(File.pathSeparator, 2)[0]);
        if (!Files.exists(server)) {
            throw new IllegalStateException("there is no "
                    + server.toAbsolutePath().normalize() + ": build the server first, with mvn package");
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m"));
        command.addAll(List.of("-cp", absolute(Installed.server()), "dev.latchkey.boot.Main", "serve"));
        return command;
    }

    private static String absolute(String classPath) {
        List<String> parts = new ArrayList<>();
        for (String part : classPath.split(File.pathSeparator, -1)) {
            parts.add(Path.of(part).toAbsolutePath().normalize().toString());
        }
        return String.join(File.pathSeparator, parts);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        client.close();
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
