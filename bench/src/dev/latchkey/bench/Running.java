package dev.latchkey.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A process that serves HTTP on loopback. Closing ends it, by its process id. */
final class Running implements AutoCloseable {
    private static final long LONGEST_START = TimeUnit.SECONDS.toNanos(120);

    private final Process process;
    private final int port;
    private final double startMillis;

    private Running(Process process, int port, double startMillis) {
        this.process = process;
        this.port = port;
        this.startMillis = startMillis;
    }

    /** Starts {@code command} and waits for the first 200 of {@code readyPath}. */
    static Running start(List<String> command, Map<String, String> environment, int port, String readyPath, Path log)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(log.toFile());
        long begin = System.nanoTime();
        Process process = builder.start();
        while (!answers(port, readyPath)) {
            if (!process.isAlive() || System.nanoTime() - begin > LONGEST_START) {
                process.destroyForcibly();
                throw new IOException("did not start: " + String.join(" ", command) + "\n" + Files.readString(log));
            }
            Thread.sleep(1);
        }
        return new Running(process, port, (System.nanoTime() - begin) / 1e6);
    }

    int port() {
        return port;
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    double startMillis() {
        return startMillis;
    }

    /** Resident memory in MiB. */
    double residentMib() throws IOException {
        return memory("VmRSS:");
    }

    /** The most it ever was, in MiB. */
    double peakMib() throws IOException {
        return memory("VmHWM:");
    }

    /** Of the process that serves: a peer's launcher may stay beside it. */
    private double memory(String name) throws IOException {
        double most = 0;
        for (ProcessHandle handle : Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList()) {
            for (String line : Files.readAllLines(Path.of("/proc/" + handle.pid() + "/status"))) {
                if (line.startsWith(name)) {
                    most = Math.max(most, Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024);
                }
            }
        }
        return most;
    }

    /** Whether it has mapped a file of this name, such as a library that it was to load first. */
    boolean maps(String file) throws IOException {
        return Files.readString(Path.of("/proc/" + process.pid() + "/maps")).contains(file);
    }

    /** A figure of the operations listener, which stands one port higher. */
    double metric(String name) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + (port + 1) + "/metrics"))
                    .build();
            String text = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return text.lines()
                    .filter(line -> line.startsWith(name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no metric " + name));
        }
    }

    private static boolean answers(int port, String path) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            socket.setSoTimeout(5000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] begin = socket.getInputStream().readNBytes(12);
            return new String(begin, StandardCharsets.US_ASCII).equals("HTTP/1.1 200");
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() throws InterruptedException {
        // Those that the launcher left behind it too: they hold the port until they are gone.
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroy);
        for (ProcessHandle one : all) {
            try {
                one.onExit().get(60, TimeUnit.SECONDS);
            } catch (TimeoutException | ExecutionException stuck) {
                one.destroyForcibly();
            }
        }
    }
}
