package dev.latchkey.trace;

import java.net.URI;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * One thing that took time within a trace. A span that is not sampled carries the trace's id for the log and records nothing, nor
 * do its parts. Used by the thread that made it.
 */
public final class Span {
    /** One fact about a span; {@code value} is a {@link String} or a {@link Long}. */
    record Attribute(String key, Object value) {}

    private static final ScopedValue<Span> CURRENT = ScopedValue.newInstance();
    private static final int MOST_ATTRIBUTES = 16;

    private final Tracer tracer;
    private final TraceParent context;
    private final long parent;
    private final SpanKind kind;
    private final long startEpochNanos;
    private final long startNanos = System.nanoTime();
    private final List<Attribute> attributes = new ArrayList<>(6);
    private String name;
    private boolean failed = false;
    private long endEpochNanos;

    Span(Tracer tracer, TraceParent context, long parent, String name, SpanKind kind, long startEpochNanos) {
        this.tracer = tracer;
        this.context = context;
        this.parent = parent;
        this.name = name;
        this.kind = kind;
        this.startEpochNanos = startEpochNanos;
    }

    /** The span of whatever this thread is doing, if anyone traces it. */
    public static Optional<Span> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /** Runs {@code work} as a part of whatever this thread is doing. Costs next to nothing where nobody traces it. */
    public static <T> T during(String name, SpanKind kind, Supplier<T> work) {
        if (!CURRENT.isBound() || !CURRENT.get().isRecording()) {
            return work.get();
        }
        return CURRENT.get().part(name, kind).around(work);
    }

    /** The same for a call to another server; of its address only the host is kept. */
    public static <T> T calling(String method, URI target, Supplier<T> work) {
        return during(method, SpanKind.CLIENT, () -> {
            current().ifPresent(span -> {
                span.attribute("http.request.method", method);
                span.attribute("server.address", String.valueOf(target.getHost()));
            });
            return work.get();
        });
    }

    /** Runs {@code work} as this span's, and ends it. */
    public <T> T around(Supplier<T> work) {
        try {
            return ScopedValue.where(CURRENT, this).call(work::get);
        } catch (RuntimeException | Error thrown) {
            failed(thrown.getClass().getName());
            throw thrown;
        } finally {
            end();
        }
    }

    public boolean isRecording() {
        return context.sampled();
    }

    /** 32 hexadecimal digits. */
    public String traceId() {
        return TraceParent.hex(context.traceHigh(), context.traceLow());
    }

    /** 16 hexadecimal digits. */
    public String spanId() {
        return HexFormat.of().toHexDigits(context.span());
    }

    /** What a request made within this span says in its {@code traceparent}; for hosts that may learn of the trace only. */
    public String traceparent() {
        return context.toString();
    }

    /** Of few values, such as a method and a route's template. */
    public void name(String better) {
        name = better;
    }

    /** @param key of the semantic conventions where they name one */
    public void attribute(String key, String value) {
        add(key, value);
    }

    public void attribute(String key, long value) {
        add(key, value);
    }

    /** @param type a class of failures, such as a status code or an exception's name; never its message */
    public void failed(String type) {
        failed = true;
        add("error.type", type);
    }

    private void add(String key, Object value) {
        if (isRecording() && attributes.size() < MOST_ATTRIBUTES) {
            attributes.add(new Attribute(key, value));
        }
    }

    private Span part(String partName, SpanKind partKind) {
        long id = newId();
        return new Span(
                tracer,
                new TraceParent(context.traceHigh(), context.traceLow(), id, true),
                context.span(),
                partName,
                partKind,
                startEpochNanos + System.nanoTime() - startNanos);
    }

    private void end() {
        if (isRecording()) {
            endEpochNanos = startEpochNanos + System.nanoTime() - startNanos;
            tracer.ended(this);
        }
    }

    static long newId() {
        long id = ThreadLocalRandom.current().nextLong();
        return id == 0 ? 1 : id;
    }

    /** In the protocol's JSON encoding: ids in hexadecimal, 64-bit numbers as text. */
    void writeTo(OtlpText out) {
        out.object(() -> {
            out.field("traceId", traceId());
            out.field("spanId", spanId());
            if (parent != 0) {
                out.field("parentSpanId", HexFormat.of().toHexDigits(parent));
            }
            out.field("name", name);
            out.number("kind", kind.number());
            out.field("startTimeUnixNano", Long.toString(startEpochNanos));
            out.field("endTimeUnixNano", Long.toString(endEpochNanos));
            out.attributes(attributes);
            out.name("status");
            out.object(() -> {
                if (failed) {
                    out.number("code", 2);
                }
            });
        });
    }
}
