package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.limit.LimitPolicy;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EdgeLimitsTest {
    record Login(String email, boolean right) {}

    private static TestEdge limited() {
        TestEdge edge = TestEdge.create().set("limits.enabled", "true").set("server.trusted-proxies", "127.0.0.1");
        edge.api()
                .post("/login", Access.anyone(), request -> {
                    boolean right = request.body(Login.class).right();
                    return Reply.ok(Map.of()).withStatus(right ? 200 : 401);
                })
                .limitedBy(LimitPolicy.LOGIN_ADDRESS)
                .limitedBy(
                        LimitPolicy.LOGIN,
                        request -> request.context().address().limitKey() + " "
                                + request.body(Login.class).email());
        edge.api().get("/public", Access.anyone(), request -> Reply.ok("x"));
        edge.api().get("/mine", Access.signedIn(), request -> Reply.ok("x"));
        edge.api().get("/admin", Access.role("ADMIN"), request -> Reply.ok("x"));
        edge.api().post("/mailing", Access.anyone(), request -> Reply.ok("x")).limitedBy(LimitPolicy.RESET_ADDRESS);
        edge.api().get("/free", Access.anyone(), request -> Reply.ok("x")).unlimited();
        Mount pages = new Mount("/page", ErrorShape.PAGE);
        pages.get("", Access.anyone(), request -> Reply.page(200, "x"));
        return edge.mount(pages).start();
    }

    @Test
    @DisplayName("S0-37 S3-17 the sixth wrong login within 15 minutes is 429, and says when to come again")
    void loginIsBlockedAfterFive() {
        try (TestEdge edge = limited()) {
            for (int i = 0; i < 5; i++) {
                HttpResponse<String> wrong = login(edge, "a@x", false);
                assertThat(wrong.statusCode()).isEqualTo(401);
                assertThat(header(wrong, "RateLimit-Limit")).isEqualTo("5");
                assertThat(header(wrong, "RateLimit-Remaining")).isEqualTo(Integer.toString(4 - i));
                assertThat(header(wrong, "RateLimit-Reset")).isEqualTo("900");
            }
            edge.clock.advance(Duration.ofMinutes(1));
            HttpResponse<String> blocked = login(edge, "a@x", true);
            assertThat(blocked.statusCode()).isEqualTo(429);
            assertThat(blocked.body()).contains("RATE_LIMITED");
            assertThat(header(blocked, "Retry-After")).isEqualTo("840");
            assertThat(header(blocked, "RateLimit-Remaining")).isEqualTo("0");
            assertThat(login(edge, "b@x", false).statusCode()).isEqualTo(401);
            edge.clock.advance(Duration.ofMinutes(14));
            assertThat(login(edge, "a@x", true).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aSuccessGivesItsCallBack() {
        try (TestEdge edge = limited()) {
            for (int i = 0; i < 20; i++) {
                assertThat(login(edge, "a@x", true).statusCode()).isEqualTo(200);
            }
            for (int i = 0; i < 5; i++) {
                assertThat(login(edge, "a@x", false).statusCode()).isEqualTo(401);
            }
            assertThat(login(edge, "a@x", true).statusCode()).isEqualTo(429);
        }
    }

    @Test
    @DisplayName("S1-39 fifty logins per address, whoever they are for")
    void loginsPerAddress() {
        try (TestEdge edge = limited()) {
            for (int i = 0; i < 50; i++) {
                assertThat(login(edge, i + "@x", false).statusCode()).isEqualTo(401);
            }
            assertThat(login(edge, "new@x", false).statusCode()).isEqualTo(429);
            assertThat(login(edge, "new@x", false, "X-Forwarded-For", "192.0.2.1")
                            .statusCode())
                    .isEqualTo(401);
            HttpResponse<String> other = login(edge, "new@x", false, "X-Forwarded-For", "2001:db8::1");
            assertThat(other.statusCode()).isEqualTo(401);
        }
    }

    @Test
    @DisplayName("S1-39 the networks of one IPv6 site have eight times the calls of one together, and no more")
    void callsPerSite() {
        try (TestEdge edge = limited()) {
            for (int i = 0; i < 8 * LimitPolicy.RESET_ADDRESS.calls(); i++) {
                assertThat(mailing(edge, "2001:db8:1:" + i + "::1").statusCode())
                        .isEqualTo(200);
            }
            HttpResponse<String> refused = mailing(edge, "2001:db8:1:ffff::1");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(header(refused, "Retry-After")).isEqualTo("3600");
            assertThat(mailing(edge, "2001:db8:2:1::1").statusCode()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("S1-39 what one IPv6 network is refused costs the others of its site nothing")
    void neighbours() {
        try (TestEdge edge = limited()) {
            for (int i = 0; i < 30; i++) {
                assertThat(mailing(edge, "2001:db8:1:1::" + i).statusCode()).isEqualTo(i < 3 ? 200 : 429);
            }
            assertThat(mailing(edge, "2001:db8:1:2::1").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aBodyThatCannotBeReadCostsNoAttempt() {
        try (TestEdge edge = limited()) {
            for (int i = 0; i < 10; i++) {
                assertThat(edge.post("/api/v1/test/login", "{").statusCode()).isEqualTo(400);
            }
            assertThat(login(edge, "a@x", false).headers().firstValue("RateLimit-Remaining"))
                    .contains("4");
        }
    }

    @Test
    @DisplayName("S3-01 every other route is limited per principal or per address")
    void defaults() {
        try (TestEdge edge = limited()) {
            assertThat(header(edge.get("/api/v1/test/public"), "RateLimit-Limit"))
                    .isEqualTo("50");
            assertThat(header(edge.get("/api/v1/test/mine", "X-API-Key", "user"), "RateLimit-Limit"))
                    .isEqualTo("100");
            assertThat(header(edge.get("/api/v1/test/admin", "X-API-Key", "admin"), "RateLimit-Limit"))
                    .isEqualTo("200");
            for (String path : new String[] {"/api/v1/test/free", "/page", "/health/live", "/api/openapi.json"}) {
                assertThat(edge.get(path).headers().firstValue("RateLimit-Limit"))
                        .as(path)
                        .isEmpty();
            }
            for (int i = 0; i < 49; i++) {
                edge.get("/api/v1/test/public");
            }
            assertThat(edge.get("/api/v1/test/public").statusCode()).isEqualTo(429);
            assertThat(edge.get("/api/v1/test/free").statusCode()).isEqualTo(200);
            assertThat(edge.operations("/metrics").body()).contains("latchkey_rate_limited_total{policy=\"public\"} 1");
        }
    }

    @Test
    void limitsCannotBeOffInProduction() {
        TestEdge edge = TestEdge.create().production().set("limits.enabled", "false");
        assertThatThrownBy(edge::start)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("limits.enabled");
    }

    @Test
    @DisplayName("a full server refuses honestly and its health answers on")
    void concurrency() throws Exception {
        TestEdge edge = TestEdge.create().set("server.max-concurrent-requests", "2");
        CountDownLatch inside = new CountDownLatch(2);
        CountDownLatch release = new CountDownLatch(1);
        edge.api().get("/slow", Access.anyone(), request -> {
            inside.countDown();
            await(release);
            return Reply.ok("done");
        });
        edge.api().get("/quick", Access.anyone(), request -> Reply.ok("done"));
        try (edge) {
            edge.start();
            CompletableFuture<HttpResponse<String>> first =
                    CompletableFuture.supplyAsync(() -> edge.get("/api/v1/test/slow"));
            CompletableFuture<HttpResponse<String>> second =
                    CompletableFuture.supplyAsync(() -> edge.get("/api/v1/test/slow"));
            await(inside);
            HttpResponse<String> third = edge.get("/api/v1/test/quick");
            assertThat(third.statusCode()).isEqualTo(503);
            assertThat(header(third, "Retry-After")).isEqualTo("1");
            assertThat(edge.get("/health/ready").statusCode()).isEqualTo(200);
            assertThat(edge.operations("/metrics").body())
                    .contains("latchkey_http_in_flight 2\n", "latchkey_http_in_flight_limit 2\n");
            release.countDown();
            assertThat(first.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            assertThat(second.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            assertThat(edge.get("/api/v1/test/quick").statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("stopping finishes what is being served")
    void drain(HttpClient.Version version) throws Exception {
        TestEdge edge = TestEdge.create();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        edge.api().get("/slow", Access.anyone(), request -> {
            inside.countDown();
            await(release);
            return Reply.ok("done");
        });
        edge.start();
        CompletableFuture<HttpResponse<String>> served = CompletableFuture.supplyAsync(() ->
                edge.send(HttpRequest.newBuilder(edge.uri("/api/v1/test/slow")).version(version)));
        await(inside);
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(edge::close);
        // Only when it refuses new ones is the server surely stopping while the first is still inside.
        int status = 200;
        while (status != 503) {
            status = edge.get("/health/ready").statusCode();
        }
        release.countDown();
        assertThat(served.get(10, TimeUnit.SECONDS).body()).contains("done");
        stopped.get(30, TimeUnit.SECONDS);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("waited in vain");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<String> login(TestEdge edge, String email, boolean right, String... headers) {
        return edge.post("/api/v1/test/login", "{\"email\":\"" + email + "\",\"right\":" + right + "}", headers);
    }

    private static HttpResponse<String> mailing(TestEdge edge, String address) {
        return edge.post("/api/v1/test/mailing", "{}", "X-Forwarded-For", address);
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("absent");
    }
}
