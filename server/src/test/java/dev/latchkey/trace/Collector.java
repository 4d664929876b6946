package dev.latchkey.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A collector that takes OTLP over HTTP in JSON, and refuses what is not of the protocol's shape: names in lowerCamelCase, ids in
 * hexadecimal, 64-bit numbers as text, enumerations as numbers.
 */
public final class Collector implements AutoCloseable {
    /** One span as it arrived; {@code attributes} by key, as text. */
    public record Received(
            String traceId,
            String spanId,
            String parentSpanId,
            String name,
            int kind,
            long nanos,
            boolean failed,
            Map<String, String> attributes) {}

    private static final Set<String> SPAN_FIELDS = Set.of(
            "traceId",
            "spanId",
            "parentSpanId",
            "name",
            "kind",
            "startTimeUnixNano",
            "endTimeUnixNano",
            "attributes",
            "status");

    private final HttpServer server;
    private final AtomicInteger answer = new AtomicInteger(200);
    private final AtomicInteger requests = new AtomicInteger();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<Received> spans = new CopyOnWriteArrayList<>();
    private final List<Throwable> complaints = new CopyOnWriteArrayList<>();
    private final List<String> credentials = new CopyOnWriteArrayList<>();

    public Collector() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces");
    }

    /** From now on every request is answered so. */
    public void answer(int status) {
        answer.set(status);
    }

    public int requests() {
        return requests.get();
    }

    /** Everything that came, as it came. */
    public String everything() {
        return String.join("\n", bodies);
    }

    public List<String> credentials() {
        return List.copyOf(credentials);
    }

    /** What was taken; fails where something was not of the protocol's shape. */
    public List<Received> spans() {
        assertThat(complaints).isEmpty();
        return List.copyOf(spans);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        // Once: an answer changed meanwhile would acknowledge what was not read.
        int status = answer.get();
        requests.incrementAndGet();
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        credentials.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        try {
            assertThat(exchange.getRequestMethod()).isEqualTo("POST");
            assertThat(exchange.getRequestHeaders().getFirst("Content-Type")).isEqualTo("application/json");
            if (status == 200) {
                bodies.add(body);
                read(JsonMapper.shared().readTree(body));
            }
        } catch (RuntimeException | AssertionError complaint) {
            complaints.add(complaint);
        }
        byte[] reply = "{}".getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, reply.length);
        exchange.getResponseBody().write(reply);
        exchange.close();
    }

    private void read(JsonNode request) {
        assertThat(request.propertyNames()).containsExactly("resourceSpans");
        for (JsonNode resourceSpans : request.get("resourceSpans")) {
            assertThat(resourceSpans.propertyNames()).containsExactlyInAnyOrder("resource", "scopeSpans");
            Map<String, String> resource =
                    attributes(resourceSpans.get("resource").get("attributes"));
            assertThat(resource).containsKeys("service.name", "service.version");
            for (JsonNode scopeSpans : resourceSpans.get("scopeSpans")) {
                assertThat(scopeSpans.get("scope").get("name").asString()).isNotEmpty();
                scopeSpans.get("spans").forEach(this::span);
            }
        }
    }

    private void span(JsonNode span) {
        assertThat(SPAN_FIELDS).containsAll(span.propertyNames());
        assertThat(span.get("traceId").asString()).matches("[0-9a-f]{32}").isNotEqualTo("0".repeat(32));
        assertThat(span.get("spanId").asString()).matches("[0-9a-f]{16}").isNotEqualTo("0".repeat(16));
        assertThat(span.get("kind").isInt()).isTrue();
        assertThat(span.get("startTimeUnixNano").isString()).isTrue();
        assertThat(span.get("endTimeUnixNano").isString()).isTrue();
        long nanos = Long.parseLong(span.get("endTimeUnixNano").asString())
                - Long.parseLong(span.get("startTimeUnixNano").asString());
        assertThat(nanos).isNotNegative();
        JsonNode code = span.get("status").path("code");
        assertThat(code.isMissingNode() || code.isInt()).isTrue();
        spans.add(new Received(
                span.get("traceId").asString(),
                span.get("spanId").asString(),
                span.path("parentSpanId").asString(""),
                span.get("name").asString(),
                span.get("kind").asInt(),
                nanos,
                code.asInt(0) == 2,
                attributes(span.get("attributes"))));
    }

    private static Map<String, String> attributes(JsonNode list) {
        Map<String, String> read = new TreeMap<>();
        StreamSupport.stream(list.spliterator(), false).forEach(attribute -> {
            assertThat(attribute.propertyNames()).containsExactlyInAnyOrder("key", "value");
            JsonNode value = attribute.get("value");
            assertThat(value.propertyNames()).hasSize(1);
            String type = value.propertyNames().iterator().next();
            assertThat(type).isIn("stringValue", "intValue");
            assertThat(value.get(type).isString()).isTrue();
            read.put(attribute.get("key").asString(), value.get(type).asString());
        });
        return read;
    }
}
