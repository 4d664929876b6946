package dev.latchkey.boot;

import dev.latchkey.http.Route;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** A server's OpenAPI document. */
record ApiDescription(JsonNode document) {
    static ApiDescription of(TestServer server) {
        return new ApiDescription(server.client().get("/api/openapi.json").json());
    }

    /** The names of the fields of the route's body. */
    List<String> fields(Route route) {
        String reference = document.path("paths")
                .path(route.path())
                .path(route.method().name().toLowerCase(Locale.ROOT))
                .at("/requestBody/content/application~1json/schema/$ref")
                .asString("");
        return reference.isEmpty()
                ? List.of()
                : List.copyOf(
                        document.at(reference.substring(1) + "/properties").propertyNames());
    }
}
