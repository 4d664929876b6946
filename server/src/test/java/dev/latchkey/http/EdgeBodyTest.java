package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.latchkey.core.Validation;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeBodyTest {
    enum Kind {
        SMALL,
        LARGE
    }

    record Line(String product, int count) {}

    record Order(
            String name,
            Optional<String> note,
            @JsonProperty("postal_code") Optional<String> postalCode,
            boolean gift,
            int total,
            Optional<Kind> kind,
            List<Line> lines) {
        Order {
            Validation check = new Validation();
            name = check.text("name", name, 20);
            check.done();
            lines = lines == null ? List.of() : List.copyOf(lines);
        }
    }

    private static final String PATH = "/api/v1/test/orders";
    private static final TestEdge EDGE = TestEdge.create();

    @BeforeAll
    static void start() {
        EDGE.api().post("/orders", Access.anyone(), request -> Reply.ok(request.body(Order.class)));
        EDGE.api()
                .post(
                        "/maybe",
                        Access.anyone(),
                        request -> Reply.ok(request.optionalBody(Order.class)
                                .map(Order::name)
                                .orElse("nothing")));
        EDGE.api()
                .post(
                        "/form",
                        Access.anyone(),
                        request -> Reply.ok(request.form("a").orElse("nothing")));
        EDGE.api().post("/ignores", Access.anyone(), request -> Reply.noContent());
        EDGE.start();
    }

    @AfterAll
    static void stop() {
        EDGE.close();
    }

    @Test
    void absentAndNullAreTheSameAndEmptyIsLeftOut() {
        HttpResponse<String> answer =
                EDGE.post(PATH, "{\"name\":\" pen \",\"note\":null,\"unknown\":{\"x\":[1]},\"kind\":\"SMALL\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"data\":{\"name\":\"pen\",\"gift\":false,\"total\":0,\"kind\":\"SMALL\",\"lines\":[]}");
    }

    @Test
    void aFieldMayHaveAnotherNameOnTheWire() {
        assertThat(EDGE.post(PATH, "{\"name\":\"pen\",\"postal_code\":\"123\"}").body())
                .contains("\"postal_code\":\"123\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "null",
                "[]",
                "\"x\"",
                "7",
                "{",
                "{\"name\":\"a\"",
                "{\"name\":\"a\"}{}",
                "{\"name\":\"a\"} x",
                "{\"name\":\"a\",\"name\":\"b\"}",
                "{\"x\":{\"y\":1,\"y\":2},\"name\":\"a\"}",
                "{name:1}",
                "{'name':'a'}",
                "{\"name\":\"a\",}",
                "{\"name\":\"\\x\"}",
                "{\"name\":NaN}"
            })
    @DisplayName("S0-03 what is not one JSON object is 400 MALFORMED_JSON")
    void malformed(String body) {
        HttpResponse<String> answer = EDGE.post(PATH, body);
        assertThat(answer.statusCode()).as(body).isEqualTo(400);
        assertThat(answer.body()).contains("MALFORMED_JSON");
    }

    @Test
    @DisplayName("ASVS V15 a JSON bomb costs nothing")
    void deepNesting() {
        assertThat(EDGE.post(PATH, "{\"x\":" + "[".repeat(100_000) + "}").statusCode())
                .isEqualTo(400);
        assertThat(EDGE.post(PATH, "{\"x\":" + "{\"a\":".repeat(40) + "1" + "}".repeat(41))
                        .statusCode())
                .isEqualTo(400);
        assertThat(EDGE.post(PATH, "{\"total\":" + "9".repeat(500_000) + "}").statusCode())
                .isEqualTo(400);
        assertThat(EDGE.post(PATH, "{\"name\":\"" + "x".repeat(200_000) + "\"}").statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\":7}|name",
                "{\"name\":true}|name",
                "{\"name\":[\"a\"]}|name",
                "{\"name\":{}}|name",
                "{\"name\":\"a\",\"gift\":\"true\"}|gift",
                "{\"name\":\"a\",\"gift\":1}|gift",
                "{\"name\":\"a\",\"total\":\"7\"}|total",
                "{\"name\":\"a\",\"total\":1.5}|total",
                "{\"name\":\"a\",\"total\":99999999999}|total",
                "{\"name\":\"a\",\"kind\":\"HUGE\"}|kind",
                "{\"name\":\"a\",\"kind\":0}|kind",
                "{\"name\":\"a\",\"note\":7}|note",
                "{\"name\":\"a\",\"lines\":{}}|lines",
                "{\"name\":\"a\",\"lines\":[{\"product\":\"p\"},{\"count\":\"x\"}]}|lines[1].count"
            })
    @DisplayName("S0-03 a field of the wrong type is 422 with its path; nothing is coerced")
    void wrongType(String body, String field) {
        HttpResponse<String> answer = EDGE.post(PATH, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains("{\"field\":\"" + field + "\",\"code\":\"invalid_type\"");
    }

    @Test
    @DisplayName("S0-03 what the record refuses is 422 with field details")
    void refusedByTheRecord() {
        HttpResponse<String> answer = EDGE.post(PATH, "{}", "X-Request-Id", "r-1");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"success\":false,\"error\":{\"code\":\"VALIDATION_ERROR\",\"message\":\"Validation failed\","
                                + "\"details\":[{\"field\":\"name\",\"code\":\"required\",\"message\":\"This field is required.\"}]},"
                                + "\"message\":\"Validation failed\","
                                + "\"meta\":{\"timestamp\":\"2026-11-20T10:00:00Z\",\"version\":\"v1\",\"requestId\":\"r-1\"}}");
    }

    @Test
    void onlyJsonIsReadAsJson() {
        HttpResponse<String> answer = EDGE.send(HttpRequest.newBuilder(EDGE.uri(PATH))
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"a\"}")));
        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(EDGE.send(HttpRequest.newBuilder(EDGE.uri(PATH))
                                .header("Content-Type", "Application/JSON; charset=utf-8")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"a\"}")))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aBodyMayBeOptional() {
        assertThat(EDGE.send("POST", "/api/v1/test/maybe").body()).contains("\"data\":\"nothing\"");
        assertThat(EDGE.post("/api/v1/test/maybe", "{\"name\":\"a\"}").body()).contains("\"data\":\"a\"");
        assertThat(EDGE.post("/api/v1/test/maybe", "{").statusCode()).isEqualTo(400);
    }

    @Test
    void formsAreReadOnlyFromForms() {
        assertThat(form("application/x-www-form-urlencoded", "a=x%20y+z&a=2").body())
                .contains("\"data\":\"x y z\"");
        assertThat(form("text/plain", "a=x").body()).contains("\"data\":\"nothing\"");
        assertThat(form("application/x-www-form-urlencoded", "a=%zz").statusCode())
                .isEqualTo(400);
        assertThat(form("application/x-www-form-urlencoded", "a&".repeat(300)).statusCode())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("S1-44 a body over the limit is 413, announced or chunked")
    void tooLarge() {
        byte[] large = new byte[1_048_577];
        assertThat(EDGE.send(HttpRequest.newBuilder(EDGE.uri(PATH))
                                .header("Content-Type", "application/json")
                                .version(HttpClient.Version.HTTP_1_1)
                                .POST(HttpRequest.BodyPublishers.ofByteArray(large)))
                        .statusCode())
                .isEqualTo(413);
        String head = "POST " + PATH + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";
        String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
        assertThat(EDGE.raw(head + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(17) + "0\r\n\r\n"))
                .startsWith("HTTP/1.1 413")
                .contains("PAYLOAD_TOO_LARGE");
        assertThat(EDGE.raw(head + "Content-Length: 99999999999\r\n\r\n"))
                .startsWith("HTTP/1.1 413")
                .contains("PAYLOAD_TOO_LARGE");
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    @DisplayName("S1-44 413 is answered over either protocol, at any address, and the connection may go on")
    void tooLargeIsAnswered(HttpClient.Version version) {
        for (String path : List.of(PATH, "/api/v1/test/ignores", "/nowhere")) {
            assertThat(EDGE.send(HttpRequest.newBuilder(EDGE.uri(path))
                                    .version(version)
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[3_000_000])))
                            .statusCode())
                    .isEqualTo(413);
            assertThat(EDGE.send(HttpRequest.newBuilder(EDGE.uri(PATH))
                                    .version(version)
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString("{}")))
                            .statusCode())
                    .isEqualTo(422);
        }
    }

    @Test
    void whoeverWaitsToBeToldToSendIsNotToldAfterTheAnswer() {
        String head =
                "POST " + PATH + " HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3000000\r\n\r\n";
        assertThat(EDGE.raw(head)).startsWith("HTTP/1.1 413").doesNotContain("100 Continue");
    }

    @Test
    void aBodyThatNobodyReadsDoesNotDesynchroniseTheConnection() {
        String body = "GET /evil HTTP/1.1\r\n";
        String first =
                "POST /api/v1/test/ignores HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        String second = "GET /api/v1/test/ignores HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        String answers = EDGE.raw(first + second);
        assertThat(answers)
                .startsWith("HTTP/1.1 204")
                .doesNotContain("NOT_FOUND")
                .contains("405");
    }

    private static HttpResponse<String> form(String type, String body) {
        return EDGE.send(HttpRequest.newBuilder(EDGE.uri("/api/v1/test/form"))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }
}
