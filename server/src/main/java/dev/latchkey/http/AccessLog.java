package dev.latchkey.http;

import dev.latchkey.core.Principal;
import dev.latchkey.trace.Span;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
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
    private static final long CLOSE_WAIT_MILLIS = 2000;

    private final OutputStream out;
    private final Clock clock;
    private final boolean enabled;
    private final InstantText times = new InstantText();
    private final LineBuffer waiting = new LineBuffer();
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
        if (!waiting.add(line(exchange, path, route, status, nanos))) {
            dropped.increment();
        }
        if (!started.get() && started.compareAndSet(false, true)) {
            writer = Thread.ofVirtual().name("access-log").start(this::drain);
        }
    }

    /** Writes what is waiting, for two seconds at most. */
    @Override
    public void close() {
        closed = true;
        waiting.close();
        Thread thread = writer;
        if (thread != null) {
            try {
                thread.join(CLOSE_WAIT_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void drain() {
        byte[] spare = LineBuffer.spare();
        try {
            for (LineBuffer.Lines lines = waiting.take(spare); lines.length() > 0; lines = waiting.take(spare)) {
                writeAll(lines);
                spare = lines.bytes();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeAll(LineBuffer.Lines lines) {
        try {
            out.write(lines.bytes(), 0, lines.length());
            out.flush();
        } catch (IOException e) {
            dropped.increment();
        }
    }

    private LogLine line(HttpExchange exchange, String path, String route, int status, long nanos) {
        LogLine line = new LogLine()
                .raw("{\"time\":\"")
                .raw(times.of(clock.millis()))
                .raw("\",\"kind\":\"access\",\"method\":")
                .quoted(exchange.methodName())
                .raw(",\"path\":")
                .quoted(path)
                .raw(",\"route\":")
                .quoted(route)
                .raw(",\"status\":")
                .raw(status)
                .raw(",\"ms\":")
                .raw(nanos / 1_000_000)
                .raw(".")
                .raw((nanos / 100_000) % 10)
                .raw(",\"requestId\":")
                .quoted(exchange.requestId());
        Span.current().ifPresent(span -> line.raw(",\"traceId\":").quoted(span.traceId()));
        if (exchange.principal() instanceof Principal.SignedIn user) {
            line.raw(",\"userId\":").quoted(user.user().value());
        }
        return line.raw(",\"ip\":")
                .quoted(exchange.connection().client().getHostAddress())
                .raw("}\n");
    }
}
