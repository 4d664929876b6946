package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.Principal;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeCredentialsTest {
    private static final String COOKIE = "latchkey_session=user";
    private static final TestEdge EDGE = TestEdge.create().set("server.cors-origins", "https://app.example.com");

    @BeforeAll
    static void start() {
        EDGE.api().get("/who", Access.signedIn(), EdgeCredentialsTest::who);
        EDGE.api().get("/open", Access.anyone(), EdgeCredentialsTest::who);
        EDGE.api().get("/recent", Access.recent(), EdgeCredentialsTest::who);
        EDGE.api().get("/just-now", Access.recent(Duration.ofMinutes(5)), EdgeCredentialsTest::who);
        EDGE.api().get("/two-factors", Access.twoFactors(), EdgeCredentialsTest::who);
        EDGE.api().get("/admin", Access.role("ADMIN"), EdgeCredentialsTest::who);
        EDGE.api().get("/dev", Access.development(), EdgeCredentialsTest::who);
        EDGE.api().post("/write", Access.signedIn(), EdgeCredentialsTest::who);
        EDGE.start();
    }

    @AfterAll
    static void stop() {
        EDGE.close();
    }

    private static Reply who(Request request) {
        return Reply.ok(
                request.principal() instanceof Principal.SignedIn user
                        ? user.credential().name()
                        : "anonymous");
    }

    @Test
    void eachKindOfCredentialIsTakenFromItsPlace() {
        assertThat(get("/who", "Authorization", "Bearer user").body()).contains("BEARER");
        assertThat(get("/who", "Authorization", "bearer user").body()).contains("BEARER");
        assertThat(get("/who", "X-API-Key", "user").body()).contains("API_KEY");
        assertThat(get("/who", "X-Session-Id", "user").body()).contains("SESSION_HEADER");
        assertThat(get("/who", "Cookie", COOKIE).body()).contains("COOKIE");
        assertThat(get("/who").body()).contains("MISSING_TOKEN");
    }

    @Test
    @DisplayName("S0-08 missing, expired and invalid tokens are told apart")
    void refusalsAreToldApart() {
        assertThat(get("/who").statusCode()).isEqualTo(401);
        assertThat(get("/who", "Authorization", "Bearer expired").body()).contains("TOKEN_EXPIRED");
        assertThat(get("/who", "Authorization", "Bearer x").body()).contains("INVALID_TOKEN");
        assertThat(get("/who", "Authorization", "Basic eDp5").body()).contains("INVALID_TOKEN_TYPE");
        assertThat(get("/who", "Cookie", "latchkey_session=x").body()).contains("INVALID_SESSION");
    }

    @Test
    void twoCredentialsAreAmbiguous() {
        assertAmbiguous(get("/who", "Authorization", "Bearer user", "X-API-Key", "user"));
        assertAmbiguous(get("/who", "Authorization", "Bearer user", "X-Session-Id", "user"));
        assertAmbiguous(get("/open", "X-Session-Id", "user", "X-API-Key", "user"));
        assertAmbiguous(get("/who", "Authorization", "Bearer user", "Authorization", "Bearer admin"));
    }

    @Test
    void aHeaderCredentialMakesCookiesMeaningless() {
        assertThat(get("/who", "Authorization", "Bearer user", "Cookie", "latchkey_session=x")
                        .body())
                .contains("BEARER");
        assertThat(get("/who", "Authorization", "Bearer x", "Cookie", COOKIE).statusCode())
                .isEqualTo(401);
    }

    @Test
    void aSessionCookieSentTwiceIsRefused() {
        assertAmbiguous(get("/who", "Cookie", COOKIE + "; latchkey_session=admin"));
        assertAmbiguous(get("/who", "Cookie", COOKIE + "; other=1; " + COOKIE));
    }

    @Test
    @DisplayName("R7 a bearer token in the query is not read")
    void neverFromTheQuery() {
        assertThat(EDGE.get("/api/v1/test/who?access_token=user&token=user").body())
                .contains("MISSING_TOKEN");
    }

    @Test
    void aStaleCredentialDoesNotCloseAPublicRoute() {
        assertThat(get("/open", "Authorization", "Bearer expired").body()).contains("anonymous");
        HttpResponse<String> stale = get("/open", "Cookie", "latchkey_session=x");
        assertThat(stale.body()).contains("anonymous");
        assertThat(stale.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("latchkey_session=;")
                .contains("Max-Age=0");
    }

    @Test
    void stepUpNeedsARecentProof() {
        assertThat(get("/recent", "Authorization", "Bearer user").statusCode()).isEqualTo(200);
        HttpResponse<String> old = get("/recent", "Authorization", "Bearer old");
        assertThat(old.statusCode()).isEqualTo(403);
        assertThat(old.body()).contains("REAUTHENTICATION_REQUIRED", "\"auth_time\"", "too_old", "15 min");
    }

    @Test
    @DisplayName("V10.3.4 a route demands an age of its own or two factors, and says which of them is missing")
    void demands() {
        assertThat(get("/just-now", "Authorization", "Bearer user").statusCode())
                .isEqualTo(200);
        assertThat(get("/two-factors", "Authorization", "Bearer two").statusCode())
                .isEqualTo(200);
        assertThat(get("/just-now", "Authorization", "Bearer two").body())
                .contains("REAUTHENTICATION_REQUIRED", "\"auth_time\"", "5 min")
                .doesNotContain("\"acr\"");
        assertThat(get("/two-factors", "Authorization", "Bearer user").body())
                .contains("REAUTHENTICATION_REQUIRED", "\"acr\"", "\"2\"")
                .doesNotContain("\"auth_time\"");
        assertThat(get("/two-factors", "Authorization", "Bearer old").body()).contains("\"acr\"", "\"auth_time\"");
    }

    @Test
    @DisplayName("S4-07 an administration route needs the role")
    void roles() {
        assertThat(get("/admin").statusCode()).isEqualTo(401);
        assertThat(get("/admin", "Authorization", "Bearer user").statusCode()).isEqualTo(403);
        assertThat(get("/admin", "Authorization", "Bearer admin").statusCode()).isEqualTo(200);
    }

    @Test
    void anAdministrationRequestThatAnUnknownProxyForwardedIsRefused() {
        assertThat(get("/admin", "Authorization", "Bearer admin", "X-Forwarded-For", "127.0.0.1")
                        .statusCode())
                .isEqualTo(403);
        assertThat(get("/admin", "Authorization", "Bearer admin", "Forwarded", "for=127.0.0.1")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void developmentRoutesNeedALoopbackPeerWithoutAProxy() {
        assertThat(get("/dev").statusCode()).isEqualTo(200);
        assertThat(get("/dev", "X-Forwarded-For", "127.0.0.1").statusCode()).isEqualTo(404);
        String rebound = EDGE.raw("GET /api/v1/test/dev HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
        assertThat(rebound).startsWith("HTTP/1.1 404");
        try (TestEdge production = TestEdge.create().production()) {
            production.api().get("/dev", Access.development(), EdgeCredentialsTest::who);
            production.start();
            assertThat(production.get("/api/v1/test/dev").statusCode()).isEqualTo(404);
        }
    }

    @Test
    @DisplayName("S0-38 a write by cookie needs the CSRF token, in a header or a form")
    void csrfToken() {
        assertThat(write("Cookie", COOKIE).body()).contains("INVALID_CSRF_TOKEN");
        assertThat(write("Cookie", COOKIE, "X-CSRF-Token", "wrong").statusCode())
                .isEqualTo(403);
        assertThat(write("Cookie", COOKIE, "X-CSRF-Token", TestEdge.CSRF).statusCode())
                .isEqualTo(200);
        assertThat(write("Cookie", COOKIE, "X-XSRF-Token", TestEdge.CSRF).statusCode())
                .isEqualTo(200);
        HttpResponse<String> form = EDGE.send(
                HttpRequest.newBuilder(EDGE.uri("/api/v1/test/write"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("_csrf=" + TestEdge.CSRF)),
                "Cookie",
                COOKIE);
        assertThat(form.statusCode()).isEqualTo(200);
    }

    @Test
    void otherCredentialsNeedNoCsrfToken() {
        assertThat(write("Authorization", "Bearer user").statusCode()).isEqualTo(200);
        assertThat(write("X-Session-Id", "user", "Origin", "https://evil.example")
                        .statusCode())
                .isEqualTo(200);
        assertThat(get("/who", "Cookie", COOKIE, "Origin", "https://evil.example")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://evil.example", "null", "https://app.example.com.evil.example", "http://localhost", "x"})
    void aWriteByCookieFromAnotherOriginIsRefusedEvenWithTheToken(String origin) {
        HttpResponse<String> answer = write("Cookie", COOKIE, "X-CSRF-Token", TestEdge.CSRF, "Origin", origin);
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("INVALID_CSRF_TOKEN");
    }

    @Test
    void ourOwnAndListedOriginsMayWriteByCookie() {
        for (String origin : new String[] {
            "http://localhost:" + EDGE.port(), "http://127.0.0.1:" + EDGE.port(), "https://app.example.com"
        }) {
            assertThat(write("Cookie", COOKIE, "X-CSRF-Token", TestEdge.CSRF, "Origin", origin)
                            .statusCode())
                    .as(origin)
                    .isEqualTo(200);
        }
        assertThat(write("Cookie", COOKIE, "X-CSRF-Token", TestEdge.CSRF, "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
    }

    private static HttpResponse<String> get(String path, String... headers) {
        return EDGE.get("/api/v1/test" + path, headers);
    }

    private static HttpResponse<String> write(String... headers) {
        return EDGE.send("POST", "/api/v1/test/write", headers);
    }

    private static void assertAmbiguous(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("AMBIGUOUS_CREDENTIALS");
    }
}
