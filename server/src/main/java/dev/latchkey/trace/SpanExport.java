package dev.latchkey.trace;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Sends spans in batches from one thread, which starts with the first span. Whoever offers one never waits. */
final class SpanExport implements AutoCloseable {
    private static final Logger LOG = System.getLogger(SpanExport.class.getName());
    private static final int WAITING = 4096;
    private static final int BATCH = 512;
    private static final int ATTEMPTS = 3;
    private static final Duration LINGER = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration CLOSE = Duration.ofSeconds(3);
    private static final long FIRST_PAUSE_MILLIS = 500;
    // So that closing need not wait for what may still come.
    private static final long QUARTER_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final TracingConfig config;
    private final URI endpoint;
    private final String version;
    private final BlockingQueue<Span> waiting = new ArrayBlockingQueue<>(WAITING);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final LongAdder sent = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private volatile @Nullable Thread thread;
    private long quietUntil = System.nanoTime();
    private @Nullable HttpClient client;

    SpanExport(TracingConfig config, URI endpoint, String version) {
        this.config = config;
        this.endpoint = endpoint;
        this.version = version;
    }

    void offer(Span span) {
        if (!waiting.offer(span)) {
            dropped.increment();
        }
        if (thread == null) {
            start();
        }
    }

    long sent() {
        return sent.sum();
    }

    long dropped() {
        return dropped.sum();
    }

    @Override
    public void close() {
        closed.countDown();
        Thread running = thread;
        if (running == null) {
            return;
        }
        try {
            running.join(CLOSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running.interrupt();
    }

    private synchronized void start() {
        if (thread == null) {
            thread = Thread.ofPlatform().daemon().name("trace-export").start(this::run);
        }
    }

    private void run() {
        List<Span> batch = new ArrayList<>(BATCH);
        try {
            while (!isClosed() || !waiting.isEmpty()) {
                gather(batch);
                if (!batch.isEmpty()) {
                    send(batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException stop) {
            dropped.add(batch.size());
        }
    }

    private void gather(List<Span> batch) throws InterruptedException {
        long until = System.nanoTime() + LINGER.toNanos();
        while (batch.size() < BATCH) {
            long left = isClosed() ? 0 : until - System.nanoTime();
            Span next = left > 0 ? waiting.poll(Math.min(left, QUARTER_NANOS), TimeUnit.NANOSECONDS) : waiting.poll();
            if (next != null) {
                batch.add(next);
            } else if (left <= 0) {
                return;
            }
        }
    }

    private void send(List<Span> batch) throws InterruptedException {
        HttpRequest request = request(batch);
        String problem = "";
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                int status = client().send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                if (status / 100 == 2) {
                    sent.add(batch.size());
                    return;
                }
                problem = "it answered " + status;
                if (!isWorthRepeating(status)) {
                    break;
                }
            } catch (IOException failed) {
                problem = failed.toString();
            }
            if (attempt == ATTEMPTS || closed.await(FIRST_PAUSE_MILLIS << attempt, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        dropped.add(batch.size());
        tell(problem);
    }

    private HttpRequest request(List<Span> batch) {
        List<Span.Attribute> resource = List.of(
                new Span.Attribute("service.name", config.serviceName()),
                new Span.Attribute("service.version", version));
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("User-Agent", "Latchkey/" + version)
                .POST(HttpRequest.BodyPublishers.ofByteArray(OtlpText.of(resource, version, batch)));
        for (int i = 0; i < config.headers().size(); i += 2) {
            request.setHeader(config.headers().get(i), config.headers().get(i + 1));
        }
        return request.build();
    }

    /** As the protocol lists them. */
    private static boolean isWorthRepeating(int status) {
        return status == 429 || status == 502 || status == 503 || status == 504;
    }

    private void tell(String problem) {
        long now = System.nanoTime();
        if (now - quietUntil >= 0) {
            quietUntil = now + QUIET_NANOS;
            LOG.log(
                    Level.WARNING,
                    "The trace collector at {0} did not take what was sent: {1}. Traces are dropped while this lasts;"
                            + " check tracing.endpoint and tracing.headers.",
                    endpoint.getHost(),
                    problem);
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private HttpClient client() {
        HttpClient known = client;
        if (known == null) {
            known = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(TIMEOUT)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
            client = known;
        }
        return known;
    }
}
