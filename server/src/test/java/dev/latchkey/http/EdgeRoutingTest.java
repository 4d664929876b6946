package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.limit.LimitPolicy;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EdgeRoutingTest {
    private static final TestEdge EDGE = TestEdge.create();

    @BeforeAll
    static void start() {
        Mount pages = new Mount("", ErrorShape.PAGE);
        pages.get("/", Access.anyone(), request -> Reply.page(200, "<p>home</p>"));
        Mount oauth = new Mount("/oauth2", ErrorShape.OAUTH);
        oauth.post("/token", Access.signedIn(), request -> Reply.json(Map.of("token_type", "Bearer")));
        EDGE.mount(pages).mount(oauth);
        EDGE.api().get("/things/{id}", Access.anyone(), request -> Reply.ok(Map.of("id", request.path("id"))));
        EDGE.api().get("/things/mine", Access.anyone(), request -> Reply.ok(Map.of("id", "literal")));
        EDGE.api().put("/things/{id}", Access.anyone(), request -> Reply.noContent());
        EDGE.api().get("/things/{id}/parts/{part}", Access.anyone(), request -> Reply.ok(request.path("part")));
        EDGE.api()
                .get(
                        "/query",
                        Access.anyone(),
                        request -> Reply.ok(request.query("q").orElse("none")));
        EDGE.start();
    }

    @AfterAll
    static void stop() {
        EDGE.close();
    }

    @Test
    void aLiteralSegmentWinsOverAPlaceholder() {
        assertThat(EDGE.get("/api/v1/test/things/7").body()).contains("\"id\":\"7\"");
        assertThat(EDGE.get("/api/v1/test/things/mine").body()).contains("\"id\":\"literal\"");
        assertThat(EDGE.get("/api/v1/test/things/mine/parts/9").body()).contains("\"data\":\"9\"");
    }

    @Test
    void aWrongMethodIsToldWhichOnesAreRight() {
        HttpResponse<String> answer = EDGE.send("DELETE", "/api/v1/test/things/7");
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS, PUT");
        assertThat(answer.body()).contains("METHOD_NOT_ALLOWED");
        assertThat(EDGE.send("TRACE", "/api/v1/test/things/7").statusCode()).isEqualTo(405);
    }

    @Test
    void optionsListsTheMethods() {
        HttpResponse<String> answer = EDGE.send("OPTIONS", "/api/v1/test/things/7");
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS, PUT");
    }

    @Test
    void headIsGetWithoutTheBody() {
        String answer = EDGE.raw("HEAD /api/v1/test/things/7 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .contains("Content-Length: 1")
                .endsWith("\r\n\r\n");
    }

    @Test
    void anUnknownAddressIsRefusedInTheShapeOfItsNeighbours() {
        assertThat(EDGE.get("/api/v1/nothing").body()).startsWith("{\"success\":false");
        assertThat(EDGE.get("/api/nothing").body()).startsWith("{\"success\":false");
        assertThat(EDGE.get("/oauth2/nothing").body())
                .isEqualTo("{\"error\":\"invalid_request\",\"error_description\":\"There is nothing here.\"}");
        assertThat(EDGE.get("/nothing").body()).startsWith("<!doctype html>").contains("There is nothing here.");
        assertThat(EDGE.get("/health/nothing").body()).isEqualTo("There is nothing here.\n");
        assertThat(EDGE.get("/").body()).isEqualTo("<p>home</p>");
    }

    @Test
    void addressesAreMatchedAsDecodedAndNeverByTheirRawText() {
        assertThat(EDGE.get("/api/v1/test/things/").statusCode()).isEqualTo(404);
        assertThat(EDGE.rawGet("/api/v1/test/th%69ngs/7")).startsWith("HTTP/1.1 200");
        assertThat(EDGE.rawGet("/api/v1/test/things/a%2Fparts%2F9")).contains("\"data\":\"9\"");
        assertThat(EDGE.rawGet("/api/v1/test/x/../things/7")).startsWith("HTTP/1.1 200");
        assertThat(EDGE.rawGet("/api/v1/test/things/%00").split("\r\n")[0]).doesNotContain("500");
        assertThat(EDGE.rawGet("/api/v1/test/things/%ff%fe").split("\r\n")[0]).doesNotContain("500");
    }

    @Test
    void brokenRequestsAreRefusedInTheDocumentedShape() {
        assertThat(EDGE.rawGet("/api/v1/%zz")).startsWith("HTTP/1.1 400").contains("INVALID_REQUEST");
        assertThat(EDGE.rawGet("/api/v1/test/query?q=%zz"))
                .startsWith("HTTP/1.1 400")
                .contains("INVALID_REQUEST");
        assertThat(EDGE.rawGet("/api/v1/x", "Big: " + "x".repeat(20_000)))
                .startsWith("HTTP/1.1 400")
                .contains("INVALID_REQUEST");
        assertThat(EDGE.raw("GET /api/v1/x HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    void aParameterSentTwiceIsRefused() {
        assertThat(EDGE.get("/api/v1/test/query?q=a%20b").body()).contains("\"data\":\"a b\"");
        HttpResponse<String> twice = EDGE.get("/api/v1/test/query?q=a&q=b");
        assertThat(twice.statusCode()).isEqualTo(400);
    }

    @Test
    void aBearerChallengeComesWithEvery401() {
        assertThat(EDGE.send("POST", "/oauth2/token").headers().firstValue("WWW-Authenticate"))
                .contains("Bearer realm=\"latchkey\"");
        HttpResponse<String> expired = EDGE.send("POST", "/oauth2/token", "Authorization", "Bearer expired");
        assertThat(expired.headers().firstValue("WWW-Authenticate"))
                .contains("Bearer realm=\"latchkey\", error=\"invalid_token\"");
    }

    @Test
    void aConnectionThatIsToBeClosedIsClosed() {
        assertThat(EDGE.rawGet("/api/v1/test/things/7")).startsWith("HTTP/1.1 200");
    }

    @Test
    void theRouteTableIsDescribed() {
        Mount mount = new Mount("/api/v1/auth", ErrorShape.NATIVE);
        mount.post("/login", Access.anyone(), request -> Reply.noContent())
                .limitedBy(LimitPolicy.LOGIN_ADDRESS)
                .limitedBy(LimitPolicy.LOGIN, request -> "key");
        mount.get("/me", Access.signedIn(), request -> Reply.noContent());
        mount.get("/users", Access.role("B", "A"), request -> Reply.noContent()).unlimited();
        assertThat(new RouteTable(List.of(mount)).describe().replaceAll(" +", " "))
                .isEqualTo("""
                POST /api/v1/auth/login anyone login-address@address,login native
                GET /api/v1/auth/me signed-in default native
                GET /api/v1/auth/users role:A|B unlimited native
                """);
    }

    @Test
    void twoRoutesForOneAddressDoNotStart() {
        Mount mount = new Mount("/x", ErrorShape.NATIVE);
        mount.get("/{a}", Access.anyone(), request -> Reply.noContent());
        mount.get("/{b}", Access.anyone(), request -> Reply.noContent());
        assertThatThrownBy(() -> new RouteTable(List.of(mount)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("GET /x/{b}");
    }
}
