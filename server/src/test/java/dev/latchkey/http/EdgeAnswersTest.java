package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import java.net.http.HttpResponse;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EdgeAnswersTest {
    record Unwritable(String name) {
        @Override
        public String name() {
            throw new IllegalStateException("hunter2");
        }
    }

    private static final TestEdge EDGE = TestEdge.create()
            .set("server.cors-origins", "https://app.example.com")
            .set("server.frontend-url", "https://shop.example.com/start");

    @BeforeAll
    static void start() {
        Mount pages = new Mount("/page", ErrorShape.PAGE);
        pages.get("/ok", Access.anyone(), request -> Reply.page(200, "<p>ok</p>"));
        pages.get("/refused", Access.anyone(), request -> {
            throw Problem.of(ErrorCode.INVALID_LINK).message("<b>old</b> link");
        });
        EDGE.mount(pages);
        EDGE.api().get("/ok", Access.anyone(), request -> Reply.ok(Map.of("a", 1)));
        EDGE.api().get("/bare", Access.anyone(), request -> Reply.json(Map.of("keys", List.of())));
        EDGE.api()
                .get(
                        "/list",
                        Access.anyone(),
                        request -> Reply.list(
                                List.of("a", "b"), new Pagination(2, 2, OptionalLong.of(5), Optional.of("next"))));
        EDGE.api().get("/boom", Access.anyone(), request -> {
            throw new IllegalStateException("password=hunter2 at /var/lib");
        });
        EDGE.api().get("/overflow", Access.anyone(), request -> Reply.ok(overflow(0)));
        EDGE.api().get("/unwritable", Access.anyone(), request -> Reply.ok(new Unwritable("x")));
        EDGE.api().get("/timeout", Access.anyone(), request -> {
            throw new CompletionException(new TimeoutException("slow"));
        });
        EDGE.api().get("/pool", Access.anyone(), request -> {
            throw new IllegalStateException(new SQLTransientConnectionException("no connection"));
        });
        EDGE.api().get("/later", Access.anyone(), request -> {
            throw Problem.of(ErrorCode.ACCOUNT_LOCKED).retryAfter(Duration.ofMillis(1500));
        });
        EDGE.api().get("/split", Access.anyone(), request -> Reply.noContent().withHeader("X-A", "a\r\nX-B: b"));
        EDGE.api()
                .get(
                        "/cookie",
                        Access.anyone(),
                        request -> Reply.ok(request.cookie(Cookie.DEVICE).orElse("none"))
                                .with(new Cookie(Cookie.DEVICE, "d1", Optional.of(Duration.ofDays(30))))
                                .with(Cookie.remove(Cookie.SESSION)));
        EDGE.start();
    }

    @AfterAll
    static void stop() {
        EDGE.close();
    }

    @SuppressWarnings("InfiniteRecursion")
    private static int overflow(int depth) {
        return overflow(depth + 1) + 1;
    }

    @Test
    @DisplayName("S3-02 the envelope")
    void envelope() {
        assertThat(get("/ok", "X-Request-Id", "r-1").body())
                .isEqualTo(
                        "{\"success\":true,\"data\":{\"a\":1},"
                                + "\"meta\":{\"timestamp\":\"2026-11-20T10:00:00Z\",\"version\":\"v1\",\"requestId\":\"r-1\"}}");
        assertThat(get("/list", "X-Request-Id", "r-1").body())
                .isEqualTo("{\"success\":true,\"data\":[\"a\",\"b\"],"
                        + "\"meta\":{\"timestamp\":\"2026-11-20T10:00:00Z\",\"version\":\"v1\",\"requestId\":\"r-1\"},"
                        + "\"pagination\":{\"page\":2,\"limit\":2,\"total\":5,\"totalPages\":3,\"cursor\":\"next\"}}");
        assertThat(get("/bare").body()).isEqualTo("{\"keys\":[]}");
    }

    @Test
    @DisplayName("S0-03 an unexpected failure tells nothing")
    void unexpected() {
        for (String path : List.of("/boom", "/overflow", "/unwritable", "/split")) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(500);
            assertThat(answer.body())
                    .contains("SERVER_ERROR")
                    .doesNotContain("hunter2")
                    .doesNotContain("Exception");
            assertThat(answer.headers().firstValue("X-B")).isEmpty();
        }
    }

    @Test
    void whatIsBusyIs503() {
        for (String path : List.of("/timeout", "/pool")) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).contains("2");
        }
    }

    @Test
    void waitsAreRoundedUp() {
        HttpResponse<String> answer = get("/later");
        assertThat(answer.statusCode()).isEqualTo(423);
        assertThat(answer.headers().firstValue("Retry-After")).contains("2");
    }

    @Test
    void aRefusedPageIsAPageWithEscapedText() {
        HttpResponse<String> answer = EDGE.get("/page/refused");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(answer.body()).contains("&lt;b&gt;old&lt;/b&gt; link");
    }

    @Test
    @DisplayName("S0-39 S0-40 S1-42 the headers of every answer over http")
    void headersOverHttp() {
        assertThat(headersOf(EDGE.get("/page/ok", "X-Request-Id", "r-1"))).isEqualTo("""
                cache-control: no-store, no-cache, must-revalidate, private
                content-length: 9
                content-security-policy: default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: https:; font-src 'self'; connect-src 'self'; media-src 'none'; object-src 'none'; frame-src 'none'; form-action 'self' https://app.example.com https://shop.example.com; frame-ancestors 'none'; base-uri 'none'
                content-type: text/html; charset=utf-8
                expires: 0
                permissions-policy: geolocation=(), microphone=(), camera=()
                pragma: no-cache
                referrer-policy: strict-origin-when-cross-origin
                x-content-type-options: nosniff
                x-frame-options: DENY
                x-request-id: r-1
                x-xss-protection: 1; mode=block""");
    }

    @Test
    @DisplayName("S0-40 https is demanded only where it is spoken")
    void headersOverHttps() {
        try (TestEdge https = TestEdge.create()
                .production()
                .set("server.public-url", "https://login.example.com")
                .start()) {
            HttpResponse<String> answer = https.get("/api/v1/nothing");
            assertThat(answer.headers().firstValue("Strict-Transport-Security"))
                    .contains("max-age=31536000; includeSubDomains; preload");
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .endsWith("; upgrade-insecure-requests");
            assertThat(https.rawGet("/%zz"))
                    .contains("Strict-Transport-Security")
                    .contains("X-Request-Id");
        }
    }

    @Test
    @DisplayName("N7 cookies are bound to the host over https and work over http in development")
    void cookies() {
        assertThat(get("/cookie", "Cookie", "latchkey_device=d0").headers().allValues("Set-Cookie"))
                .containsExactly(
                        "latchkey_device=d1; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000",
                        "latchkey_session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
        assertThat(get("/cookie", "Cookie", "latchkey_device=\"d0\"").body()).contains("\"data\":\"d0\"");
        CookieNames https = new CookieNames(true);
        assertThat(https.write(new Cookie(Cookie.SESSION, "s", Optional.empty())))
                .isEqualTo("__Host-latchkey_session=s; Path=/; HttpOnly; SameSite=Lax; Secure");
    }

    @Test
    void listedOriginsMayCallWithCredentials() {
        for (String origin : List.of("https://app.example.com", "https://shop.example.com")) {
            HttpResponse<String> answer = get("/ok", "Origin", origin);
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .contains(origin);
            assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials"))
                    .contains("true");
            assertThat(answer.headers().firstValue("Vary")).contains("Origin");
        }
        assertThat(get("/boom", "Origin", "https://app.example.com")
                        .headers()
                        .firstValue("Access-Control-Allow-Origin"))
                .contains("https://app.example.com");
    }

    @Test
    void otherOriginsAndPagesGetNoPermission() {
        for (String origin :
                List.of("https://evil.example", "null", "http://app.example.com", "https://app.example.com:8443")) {
            HttpResponse<String> answer = get("/ok", "Origin", origin);
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .as(origin)
                    .isEmpty();
            assertThat(answer.headers().firstValue("Vary")).contains("Origin");
        }
        assertThat(EDGE.get("/page/ok", "Origin", "https://app.example.com")
                        .headers()
                        .firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    @Test
    void preflight() {
        HttpResponse<String> answer = EDGE.send(
                "OPTIONS",
                "/api/v1/test/ok",
                "Origin",
                "https://app.example.com",
                "Access-Control-Request-Method",
                "GET",
                "Access-Control-Request-Headers",
                "authorization");
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Methods")).contains("GET, HEAD, OPTIONS");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
                .contains("Authorization")
                .contains("X-CSRF-Token");
        HttpResponse<String> stranger = EDGE.send(
                "OPTIONS", "/api/v1/test/ok", "Origin", "https://evil.example", "Access-Control-Request-Method", "GET");
        assertThat(stranger.headers().firstValue("Access-Control-Allow-Methods"))
                .isEmpty();
    }

    @Test
    void aRequestIdIsKeptOnlyWhereItIsHarmless() {
        assertThat(id("abc.DEF_1-2")).isEqualTo("abc.DEF_1-2");
        assertThat(id("x".repeat(64))).hasSize(64);
        for (String bad : List.of("x".repeat(65), "a b", "a\"b", "a{b}", "ä")) {
            assertThat(id(bad)).as(bad).matches("[0-9a-f-]{36}");
        }
    }

    @Test
    void personalAnswersAreNeverCompressed() {
        for (String path : List.of("/api/v1/test/ok", "/api/v1/test/bare", "/page/ok")) {
            assertThat(EDGE.get(path, "Accept-Encoding", "gzip").headers().firstValue("Content-Encoding"))
                    .isEmpty();
        }
    }

    private static String id(String sent) {
        String answer = EDGE.rawGet("/api/v1/test/ok", "X-Request-Id: " + sent);
        return answer.lines()
                .filter(line -> line.startsWith("X-Request-Id: "))
                .findFirst()
                .orElseThrow()
                .substring("X-Request-Id: ".length());
    }

    private static HttpResponse<String> get(String path, String... headers) {
        return EDGE.get("/api/v1/test" + path, headers);
    }

    private static String headersOf(HttpResponse<String> answer) {
        return new TreeMap<>(answer.headers().map())
                .entrySet().stream()
                        .filter(header -> !header.getKey().equals("connection")
                                && !header.getKey().equals("date"))
                        .map(header -> header.getKey() + ": " + String.join(" | ", header.getValue()))
                        .collect(Collectors.joining("\n"));
    }
}
