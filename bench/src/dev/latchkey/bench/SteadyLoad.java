package dev.latchkey.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests that are due at fixed times, whether or not earlier ones were answered. Each is timed from when it was due, so a server
 * that stalls pays for every request it kept from being sent.
 */
final class SteadyLoad {
    private static final int CONNECTIONS = 32;

    record Result(double p50Millis, double p99Millis, double longestMillis) {}

    private final int port;
    private final List<byte[]> requests;
    private final int perSecond;

    SteadyLoad(int port, String path, List<String> tokens, int perSecond) {
        this.port = port;
        this.perSecond = perSecond;
        this.requests = tokens.stream()
                .map(token -> ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII))
                .toList();
    }

    Result run(int seconds) throws IOException, InterruptedException {
        int count = perSecond * seconds;
        long[] nanos = new long[count];
        AtomicInteger next = new AtomicInteger();
        AtomicReference<IOException> failure = new AtomicReference<>();
        long begin = System.nanoTime();
        Thread[] workers = new Thread[CONNECTIONS];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = Thread.ofPlatform().start(() -> {
                try {
                    work(begin, next, nanos);
                } catch (IOException e) {
                    failure.set(e);
                }
            });
        }
        for (Thread worker : workers) {
            worker.join();
        }
        if (failure.get() != null) {
            throw failure.get();
        }
        Arrays.sort(nanos);
        return new Result(nanos[count / 2] / 1e6, nanos[(int) (count * 0.99)] / 1e6, nanos[count - 1] / 1e6);
    }

    private void work(long begin, AtomicInteger next, long[] nanos) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(30_000);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (int at = next.getAndIncrement(); at < nanos.length; at = next.getAndIncrement()) {
                long due = begin + at * 1_000_000_000L / perSecond;
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                socket.getOutputStream().write(requests.get(at % requests.size()));
                readAnswer(in);
                nanos[at] = System.nanoTime() - due;
            }
        }
    }

    private static void readAnswer(InputStream in) throws IOException {
        String status = line(in);
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new IOException("answered " + status);
        }
        int length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                length = Integer.parseInt(header.substring(15).strip());
            }
        }
        in.skipNBytes(length);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("the server closed the connection");
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }
}
