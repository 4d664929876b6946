package dev.latchkey.http;

import dev.latchkey.core.Principal;
import dev.latchkey.trace.Span;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One JSON line per request. Never the query, a header or a body: that is where secrets are, and
 * of the path only what {@link LoggedPath} shows. Lines are written by one thread that
 * starts with the first line and sleeps while there are none; where the output cannot keep up lines are dropped and counted, and
 * no request waits.
 */
public final class AccessLog implements AutoCloseable {
    private static final int WAITING_LINES = 8192;
    private static final long CLOSE_WAIT_MILLIS = 2000;

    private final OutputStream out;
    private final Clock clock;
    private final boolean enabled;
    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(WAITING_LINES);
    private final AtomicBoolean started = new AtomicBoolean();
    private final LongAdder dropped = new LongAdder();
    private volatile boolean closed = false;
    private volatile @Nullable Thread writer;

    private AccessLog(OutputStream out, Clock clock, boolean enabled) {
        this.out = out;
        this.clock = clock;
        this.enabled = enabled;
    }

    /** Lines go to {@code out}, which is flushed but never closed. */
    public static AccessLog to(OutputStream out, Clock clock) {
        return new AccessLog(out, clock, true);
    }

    public static AccessLog off() {
        return new AccessLog(OutputStream.nullOutputStream(), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), false);
    }

    /** Lines that were given up because the output was too slow. */
    public long dropped() {
        return dropped.sum();
    }

    boolean isOn() {
        return enabled && !closed;
    }

    void write(HttpExchange exchange, String path, String route, int status, long nanos) {
        if (!isOn()) {
            return;
        }
        if (!waiting.offer(line(exchange, path, route, status, nanos))) {
            dropped.increment();
        }
        if (started.compareAndSet(false, true)) {
            writer = Thread.ofVirtual().name("access-log").start(this::drain);
        }
    }

    /** Writes what is waiting, for two seconds at most. */
    @Override
    public void close() {
        closed = true;
        Thread thread = writer;
        if (thread != null) {
            thread.interrupt();
            try {
                thread.join(CLOSE_WAIT_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void drain() {
        List<String> batch = new ArrayList<>();
        try {
            while (!closed) {
                batch.add(waiting.take());
                writeAll(batch);
            }
        } catch (InterruptedException e) {
            // The server is closing; this thread ends with what is left.
        }
        writeAll(batch);
    }

    private void writeAll(List<String> batch) {
        waiting.drainTo(batch);
        StringBuilder lines = new StringBuilder(batch.size() * 256);
        batch.forEach(lines::append);
        batch.clear();
        try {
            out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            dropped.increment();
        }
    }

    private String line(HttpExchange exchange, String path, String route, int status, long nanos) {
        StringBuilder line = new StringBuilder(256);
        line.append("{\"time\":\"").append(clock.instant()).append("\",\"kind\":\"access\",\"method\":");
        quote(line, exchange.methodName());
        line.append(",\"path\":");
        quote(line, path);
        line.append(",\"route\":");
        quote(line, route);
        line.append(",\"status\":").append(status);
        line.append(",\"ms\":").append(nanos / 1_000_000).append('.').append((nanos / 100_000) % 10);
        line.append(",\"requestId\":");
        quote(line, exchange.requestId());
        Span.current().ifPresent(span -> {
            line.append(",\"traceId\":");
            quote(line, span.traceId());
        });
        if (exchange.principal() instanceof Principal.SignedIn user) {
            line.append(",\"userId\":");
            quote(line, user.user().value());
        }
        line.append(",\"ip\":");
        quote(line, exchange.connection().client().getHostAddress());
        return line.append("}\n").toString();
    }

    private static void quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c >= 127) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
