package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.latchkey.core.UserId;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class OpenApiTest {
    enum Colour {
        RED,
        BLUE
    }

    record Inner(Instant at, Optional<Colour> colour) {}

    record Order(String item, Optional<String> note, int count) {}

    record Receipt(
            UserId buyer,
            @JsonProperty("access_token") String accessToken,
            List<Inner> parts,
            Map<String, String> labels) {}

    private final TestEdge edge = TestEdge.create();

    @BeforeEach
    void start() {
        edge.api()
                .post("/orders/{id}", Access.signedIn(), request -> Reply.noContent())
                .summary("Places an order.")
                .takes("dry", "Only checks.")
                .accepts(Order.class)
                .answers(201, Receipt.class);
        edge.api()
                .get("/orders", Access.role("ADMIN"), request -> Reply.noContent())
                .answers(200, Receipt[].class);
        edge.api().get("/secret", Access.development(), request -> Reply.noContent());
        edge.start();
    }

    @AfterEach
    void stop() {
        edge.close();
    }

    @Test
    @DisplayName("S3-04 every route but development's is described, and every reference leads somewhere")
    void everyRouteIsDescribed() {
        JsonNode document = document();
        for (Route route : edge.server().routes().routes()) {
            JsonNode operation = document.path("paths")
                    .path(route.path())
                    .path(route.method().name().toLowerCase(Locale.ROOT));
            boolean left =
                    route.access() instanceof Access.Development || route.path().startsWith("/api/docs");
            assertThat(operation.isMissingNode()).as(route.path()).isEqualTo(left);
        }
        assertThat(document.path("paths").size()).isGreaterThan(4);
        List<String> references = new ArrayList<>();
        collectReferences(document, references);
        assertThat(references)
                .hasSizeGreaterThan(5)
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void aRecordIsDescribedAsItIsRead() {
        JsonNode order = document().at("/components/schemas/Order");
        assertThat(order.toString())
                .isEqualTo(
                        "{\"type\":\"object\",\"properties\":{\"item\":{\"type\":\"string\"},\"note\":{\"type\":\"string\"},"
                                + "\"count\":{\"type\":\"integer\",\"format\":\"int32\"}},\"required\":[\"item\"]}");
    }

    @Test
    void aRecordIsDescribedAsItIsWritten() {
        JsonNode receipt = document().at("/components/schemas/Receipt/properties");
        assertThat(receipt.propertyNames()).containsExactly("buyer", "access_token", "parts", "labels");
        assertThat(receipt.at("/buyer/format").asString()).isEqualTo("uuid");
        assertThat(receipt.at("/parts/items/$ref").asString()).isEqualTo("#/components/schemas/Inner");
        assertThat(document()
                        .at("/components/schemas/Inner/properties/colour/enum")
                        .toString())
                .isEqualTo("[\"RED\",\"BLUE\"]");
    }

    @Test
    void noSchemaRefersToItselfOnly() {
        JsonNode schemas = document().at("/components/schemas");
        for (String name : schemas.propertyNames()) {
            assertThat(schemas.path(name).path("allOf").toString())
                    .as(name)
                    .doesNotContain("\"#/components/schemas/" + name + "\"");
        }
        assertThat(schemas.at("/Meta/properties").propertyNames()).contains("timestamp", "version", "requestId");
    }

    @Test
    void anOperationTellsItsParametersAnswersAndSchemes() {
        JsonNode post = document().at("/paths/~1api~1v1~1test~1orders~1{id}/post");
        assertThat(post.at("/parameters/0/name").asString()).isEqualTo("id");
        assertThat(post.at("/parameters/1/name").asString()).isEqualTo("dry");
        assertThat(post.path("responses").propertyNames())
                .containsExactly("201", "400", "401", "403", "404", "413", "415", "422", "429", "500", "503");
        assertThat(post.at("/security/2").toString()).isEqualTo("{\"cookie\":[],\"csrf\":[]}");
        JsonNode list =
                document().at("/paths/~1api~1v1~1test~1orders/get/responses/200/content/application~1json/schema");
        assertThat(list.at("/properties/data/type").asString()).isEqualTo("array");
        assertThat(list.at("/properties/pagination").isMissingNode()).isFalse();
    }

    @Test
    void operationsAreGroupedByArea() {
        assertThat(document().path("tags").toString()).isEqualTo("[{\"name\":\"test\"},{\"name\":\"server\"}]");
        assertThat(document().at("/paths/~1api~1v1~1test~1orders/get/tags/0").asString())
                .isEqualTo("test");
        assertThat(document().at("/paths/~1health~1live/get/tags/0").asString()).isEqualTo("server");
        assertThat(document().at("/paths/~1api~1openapi.json/get/tags/0").asString())
                .isEqualTo("server");
    }

    @Test
    void itIsCompressedAndRevalidated() {
        HttpResponse<String> first = edge.get("/api/openapi.json");
        String tag = first.headers().firstValue("ETag").orElseThrow();
        assertThat(first.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(edge.get("/api/openapi.json", "If-None-Match", tag).statusCode())
                .isEqualTo(304);
        assertThat(edge.get("/api/openapi.json", "Accept-Encoding", "gzip")
                        .headers()
                        .firstValue("Content-Encoding"))
                .contains("gzip");
    }

    @Test
    @DisplayName("S3-04 the documentation page comes whole from this server, under its own policy")
    void documentationPage() {
        HttpResponse<String> page = edge.get("/api/docs");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).doesNotContain("http://").doesNotContain("https://");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("script-src 'self'")
                .doesNotContain("unsafe-eval");
        for (String file : List.of("docs.js", "swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png")) {
            assertThat(edge.get("/api/docs/" + file).statusCode()).as(file).isEqualTo(200);
        }
    }

    @Test
    void productionServesNoDocumentationPageUnlessAsked() {
        try (TestEdge production = TestEdge.create().production().start()) {
            assertThat(production.get("/api/docs").statusCode()).isEqualTo(404);
            assertThat(production.get("/api/openapi.json").statusCode()).isEqualTo(200);
        }
        try (TestEdge asked =
                TestEdge.create().production().set("docs.enabled", "true").start()) {
            assertThat(asked.get("/api/docs").statusCode()).isEqualTo(200);
        }
    }

    private JsonNode document() {
        return new ObjectMapper().readTree(edge.get("/api/openapi.json").body());
    }

    private static void collectReferences(JsonNode node, List<String> into) {
        if (node.has("$ref")) {
            into.add(node.path("$ref").asString());
        }
        node.forEach(child -> collectReferences(child, into));
    }
}
