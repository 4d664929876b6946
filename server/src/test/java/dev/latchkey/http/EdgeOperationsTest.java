package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class EdgeOperationsTest {
    @Test
    void readinessFollowsTheChecksAndKeepsTheReasonForOperators() {
        AtomicReference<Optional<String>> problem = new AtomicReference<>(Optional.of("disk /data is full"));
        TestEdge edge = TestEdge.create();
        edge.checks.add(new HealthCheck("database", problem::get));
        try (edge) {
            edge.start();
            assertThat(edge.get("/health/live").body()).isEqualTo("UP\n");
            assertThat(edge.get("/health/ready").statusCode()).isEqualTo(503);
            assertThat(edge.get("/health/ready").body()).isEqualTo("DOWN\n");
            assertThat(edge.operations("/metrics").body()).contains("latchkey_ready 0\n");
            assertThat(edge.operations("/health").body())
                    .isEqualTo("{\"status\":\"DOWN\",\"checks\":[{\"check\":\"database\",\"ok\":false,"
                            + "\"problem\":\"disk /data is full\"}]}");
            problem.set(Optional.empty());
            assertThat(edge.get("/health/ready").body()).isEqualTo("UP\n");
            assertThat(edge.operations("/metrics").body()).contains("latchkey_ready 1\n");
            assertThat(edge.operations("/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aCheckThatThrowsHasFailed() {
        TestEdge edge = TestEdge.create();
        edge.checks.add(new HealthCheck("database", () -> {
            throw new IllegalStateException("secret address");
        }));
        try (edge) {
            edge.start();
            assertThat(edge.get("/health/ready").statusCode()).isEqualTo(503);
            assertThat(edge.operations("/health").body()).doesNotContain("secret address");
        }
    }

    @Test
    void metricsAreByRouteAndOnlyOnTheOperationsListener() {
        TestEdge edge = TestEdge.create();
        edge.api().get("/things/{id}", Access.anyone(), request -> Reply.ok("x"));
        try (edge) {
            edge.start();
            edge.get("/api/v1/test/things/1");
            edge.get("/api/v1/test/things/2");
            edge.get("/nothing/here");
            String metrics = metricsWith(edge, "latchkey_http_requests_total{route=\"none\",status=\"4xx\"} 1\n");
            assertThat(metrics)
                    .contains("latchkey_http_requests_total{route=\"GET /api/v1/test/things/{id}\",status=\"2xx\"} 2\n")
                    .contains("latchkey_http_request_seconds_count{route=\"GET /api/v1/test/things/{id}\"} 2\n")
                    .contains("latchkey_http_requests_total{route=\"none\",status=\"4xx\"} 1\n")
                    .doesNotContain("things/1");
            assertThat(edge.get("/metrics").statusCode()).isEqualTo(404);
            assertThat(edge.operations("/other").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void infoTellsWhenMetricsWereLastRead() {
        try (TestEdge edge = TestEdge.create().start()) {
            JsonNode before =
                    new ObjectMapper().readTree(edge.operations("/info").body());
            assertThat(before.path("startedAt").asString()).isEqualTo(TestEdge.NOW.toString());
            assertThat(before.path("metricsLastReadAt").isNull()).isTrue();
            assertThat(before.path("java").asString())
                    .isEqualTo(Runtime.version().toString());
            assertThat(before.path("heapMaxBytes").asLong())
                    .isEqualTo(Runtime.getRuntime().maxMemory());
            edge.clock.advance(Duration.ofMinutes(1));
            edge.operations("/metrics");
            JsonNode after =
                    new ObjectMapper().readTree(edge.operations("/info").body());
            assertThat(after.path("metricsLastReadAt").asString())
                    .isEqualTo(TestEdge.NOW.plusSeconds(60).toString());
            assertThat(edge.get("/info").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aValueThatCannotBeHadCostsNoOther() {
        try (TestEdge edge = TestEdge.create().start()) {
            edge.metrics.gauge("latchkey_test_away", "", () -> {
                throw new IllegalStateException("the database is away");
            });
            edge.metrics.gauge("latchkey_test_there", "", () -> 2);
            assertThat(edge.operations("/metrics").body())
                    .contains("latchkey_test_away NaN\n")
                    .contains("latchkey_test_there 2\n");
        }
    }

    @Test
    @DisplayName("S0-42 one JSON line per request, with neither query nor anything that breaks a line")
    void accessLog() {
        TestEdge edge = TestEdge.create();
        edge.api().get("/things/{id}", Access.anyone(), request -> Reply.ok("x"));
        edge.start();
        edge.get(
                "/api/v1/test/things/" + TestEdge.USER + "?token=planted-secret",
                "X-API-Key",
                "user",
                "X-Request-Id",
                "r-1");
        edge.rawGet("/verify-email%0d%0a%7b%22status%22:200%7d%22%5c?token=planted-secret");
        edge.rawGet("/x?token=planted-secret", "User-Agent: planted-agent", "Referer: /v?token=planted-secret");
        String log = edge.closedLog();
        assertThat(log).doesNotContain("planted");
        List<JsonNode> lines = log.lines().map(new ObjectMapper()::readTree).toList();
        assertThat(lines).hasSize(3);
        // A line is written after its answer was sent, so the lines may stand in another order.
        JsonNode first = lines.stream()
                .filter(line -> line.path("requestId").asString().equals("r-1"))
                .findFirst()
                .orElseThrow();
        assertThat(first.propertyNames())
                .containsExactly(
                        "time", "kind", "method", "path", "route", "status", "ms", "requestId", "userId", "ip");
        assertThat(first.path("path").asString()).isEqualTo("/api/v1/test/things/" + TestEdge.USER);
        assertThat(first.path("route").asString()).isEqualTo("GET /api/v1/test/things/{id}");
        assertThat(first.path("status").asInt()).isEqualTo(200);
        assertThat(first.path("requestId").asString()).isEqualTo("r-1");
        assertThat(first.path("userId").asString()).isEqualTo(TestEdge.USER.value());
        assertThat(first.path("ip").asString()).isEqualTo("127.0.0.1");
        assertThat(lines)
                .anySatisfy(line -> assertThat(line.path("path").asString()).isEqualTo("/..."));
    }

    @Test
    void aTakenPortIsSaidSo() {
        try (TestEdge first = TestEdge.create().start()) {
            for (String key : List.of("server.port", "operations.port")) {
                TestEdge second = TestEdge.create().set(key, Integer.toString(first.port()));
                assertThatThrownBy(second::start)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("port " + first.port());
            }
            assertThat(first.get("/health/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aPublicUrlIsAnOrigin() {
        assertThat(WebOrigin.isBare("https://login.example.com")).isTrue();
        assertThat(WebOrigin.isBare("https://login.example.com:8443/")).isTrue();
        for (String wrong :
                List.of("https://x/auth", "https://x/?a=1", "https://x?a", "ftp://x", "x", "https://u@x", "")) {
            assertThat(WebOrigin.isBare(wrong)).as(wrong).isFalse();
        }
    }

    @Test
    void configurationHasUsefulDefaults() {
        HttpConfig config = HttpConfig.defaults();
        assertThat(config.host()).isEqualTo("127.0.0.1");
        assertThat(config.port()).isEqualTo(3001);
        assertThat(config.operationsPort()).isEqualTo(3002);
        assertThat(config.maxBody()).isEqualTo(1_048_576);
        assertThat(config.effectivePublicUrl()).hasToString("http://localhost:3001");
        assertThat(config.trustedProxies()).isEmpty();
        assertThat(config.limits()).isTrue();
    }

    /** A request is counted after its answer was sent, so its line may come a moment later. */
    private static String metricsWith(TestEdge edge, String line) {
        long giveUp = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        String metrics = edge.operations("/metrics").body();
        while (!metrics.contains(line) && System.nanoTime() < giveUp) {
            metrics = edge.operations("/metrics").body();
        }
        return metrics;
    }
}
