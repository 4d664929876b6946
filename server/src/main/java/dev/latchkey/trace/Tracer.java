package dev.latchkey.trace;

import dev.latchkey.metrics.Metrics;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Begins traces, decides which are recorded, and hands what was recorded on. */
public final class Tracer implements AutoCloseable {
    private final Clock clock;
    private final long sampledBelow;
    private final @Nullable SpanExport export;

    private Tracer(Clock clock, long sampledBelow, @Nullable SpanExport export) {
        this.clock = clock;
        this.sampledBelow = sampledBelow;
        this.export = export;
    }

    /**
     * Off where the configuration names no collector.
     *
     * @param version of this server, told to the collector
     */
    public static Tracer of(TracingConfig config, String version, Metrics metrics, Clock clock) {
        if (config.endpoint().isEmpty()) {
            return off();
        }
        SpanExport export = new SpanExport(config, config.endpoint().get(), version);
        metrics.counter("latchkey_trace_spans_sent_total", "Spans the collector took.", export::sent);
        metrics.counter(
                "latchkey_trace_spans_dropped_total",
                "Spans given up because the collector was slow or away.",
                export::dropped);
        // Of 63 bits, of which as many are below as are to be sampled.
        long below = config.samplePercent() == 100 ? Long.MAX_VALUE : Long.MAX_VALUE / 100 * config.samplePercent();
        return new Tracer(clock, below, export);
    }

    public static Tracer off() {
        return new Tracer(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), 0, null);
    }

    public boolean isOn() {
        return export != null;
    }

    /**
     * A trace's first span here.
     *
     * @param parent the caller's, if it is to be believed; it then decides whether the trace is recorded
     */
    public Span begin(String name, SpanKind kind, Optional<TraceParent> parent) {
        TraceParent above = parent.orElseGet(this::unparented);
        TraceParent own = new TraceParent(above.traceHigh(), above.traceLow(), Span.newId(), above.sampled());
        Instant now = clock.instant();
        return new Span(
                this, own, above.span(), name, kind, TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano());
    }

    /** Sends what is waiting, for three seconds at most. */
    @Override
    public void close() {
        if (export != null) {
            export.close();
        }
    }

    void ended(Span span) {
        if (export != null) {
            export.offer(span);
        }
    }

    private TraceParent unparented() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long low = Span.newId();
        return new TraceParent(random.nextLong(), low, 0, (low & Long.MAX_VALUE) < sampledBelow);
    }
}
