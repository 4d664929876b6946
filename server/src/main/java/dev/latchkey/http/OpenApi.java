package dev.latchkey.http;

import dev.latchkey.core.ErrorCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The API description, OpenAPI 3.1, written from the same {@link Route} objects that serve the requests. Routes that exist in
 * development only are left out.
 */
final class OpenApi {
    private static final String ERROR = "Error";
    private static final String META = "Meta";
    private static final String PAGINATION = "Pagination";
    private static final String JSON = "application/json";
    private static final String PAGES = "pages";
    private static final String SERVER = "server";

    private final JsonSchemas schemas = new JsonSchemas();
    private final SortedSet<Integer> errors = new TreeSet<>();

    private OpenApi() {}

    static Map<String, Object> of(List<Route> routes) {
        return new OpenApi().document(routes);
    }

    private Map<String, Object> document(List<Route> routes) {
        addEnvelope();
        Map<String, Map<String, Object>> paths = new TreeMap<>();
        for (Route route : routes) {
            if (isShown(route)) {
                paths.computeIfAbsent(route.path().isEmpty() ? "/" : route.path(), key -> new TreeMap<>())
                        .put(route.method().name().toLowerCase(Locale.ROOT), operation(route));
            }
        }
        Map<String, Object> components = new LinkedHashMap<>();
        components.put("securitySchemes", securitySchemes());
        components.put("responses", errorResponses());
        components.put("schemas", schemas.all());
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put(
                "info",
                Ordered.map(
                        "title",
                        "Latchkey",
                        "version",
                        "v1",
                        "description",
                        "Answers under /api/v1 are an envelope: success, data or error, message, meta. To try what needs a"
                                + " signed-in user: log in, then put the access_token into Authorize, or log in with"
                                + " mode cookie, and the browser sends the rest."));
        document.put("servers", List.of(Ordered.map("url", "/")));
        document.put("tags", areas(routes));
        document.put("paths", paths);
        document.put("components", components);
        return document;
    }

    private Map<String, Object> operation(Route route) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", operationId(route));
        operation.put("tags", List.of(tag(route)));
        if (!route.summary().isEmpty()) {
            operation.put("summary", route.summary());
        }
        List<Map<String, Object>> parameters = parameters(route);
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        route.accepts()
                .ifPresent(record -> operation.put(
                        "requestBody", Ordered.map("required", true, "content", json(schemas.of(record)))));
        operation.put("responses", responses(route));
        operation.put("security", security(route));
        return operation;
    }

    private static List<Map<String, Object>> parameters(Route route) {
        List<Map<String, Object>> parameters = new ArrayList<>();
        for (String segment : route.path().split("/")) {
            if (segment.startsWith("{")) {
                String name = segment.substring(1, segment.length() - 1);
                parameters.add(Ordered.map(
                        "name", name, "in", "path", "required", true, "schema", Ordered.map("type", "string")));
            }
        }
        for (Route.Parameter query : route.parameters()) {
            parameters.add(Ordered.map(
                    "name",
                    query.name(),
                    "in",
                    "query",
                    "description",
                    query.description(),
                    "schema",
                    Ordered.map("type", "string")));
        }
        return parameters;
    }

    private Map<String, Object> responses(Route route) {
        Map<String, Object> responses = new TreeMap<>();
        route.answers().forEach((status, answer) -> responses.put(status.toString(), response(route, answer)));
        if (responses.isEmpty()) {
            responses.put("200", Ordered.map("description", "Done."));
        }
        if (route.shape() == ErrorShape.NATIVE) {
            for (int status : refusals(route)) {
                errors.add(status);
                responses.putIfAbsent(
                        Integer.toString(status), Ordered.map("$ref", "#/components/responses/Error" + status));
            }
        }
        return responses;
    }

    private Map<String, Object> response(Route route, Class<?> answer) {
        if (answer == Void.class) {
            return Ordered.map("description", "Done; no body.");
        }
        if (route.shape() == ErrorShape.PAGE) {
            return Ordered.map(
                    "description",
                    "A page.",
                    "content",
                    Ordered.map("text/html", Ordered.map("schema", Ordered.map("type", "string"))));
        }
        Map<String, Object> data = schemas.of(answer);
        if (route.shape() != ErrorShape.NATIVE) {
            return Ordered.map("description", "Done.", "content", json(data));
        }
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("success", Ordered.map("const", true));
        properties.put("data", data);
        properties.put("meta", JsonSchemas.reference(META));
        if (answer.isArray()) {
            properties.put("pagination", JsonSchemas.reference(PAGINATION));
        }
        return Ordered.map(
                "description",
                "Done.",
                "content",
                json(Ordered.map(
                        "type", "object", "properties", properties, "required", List.of("success", "data", "meta"))));
    }

    private static SortedSet<Integer> refusals(Route route) {
        SortedSet<Integer> statuses = new TreeSet<>(List.of(400, 500, 503));
        if (route.accepts().isPresent()) {
            statuses.addAll(List.of(413, 415, 422));
        }
        if (!(route.access() instanceof Access.Public)) {
            statuses.addAll(List.of(401, 403));
        }
        if (!route.method().isSafe()) {
            statuses.add(403);
        }
        if (route.path().contains("{")) {
            statuses.add(404);
        }
        if (!route.isUnlimited()) {
            statuses.add(429);
        }
        route.refusals().forEach(code -> statuses.add(code.status()));
        return statuses;
    }

    private Map<String, Object> errorResponses() {
        Map<String, Object> responses = new TreeMap<>();
        for (int status : errors) {
            List<String> codes = Arrays.stream(ErrorCode.values())
                    .filter(code -> code.status() == status)
                    .map(ErrorCode::name)
                    .toList();
            responses.put(
                    "Error" + status,
                    Ordered.map(
                            "description",
                            "Refused: " + String.join(", ", codes) + ".",
                            "content",
                            json(JsonSchemas.reference(ERROR))));
        }
        return responses;
    }

    private void addEnvelope() {
        // This record has the schema's own name already.
        schemas.of(Envelope.Meta.class);
        schemas.add(PAGINATION, object(schemas.of(Envelope.Pages.class)));
        schemas.add(ERROR, object(schemas.of(Envelope.Failure.class)));
    }

    private static Map<String, Object> object(Map<String, Object> reference) {
        return Ordered.map("allOf", List.of(reference));
    }

    private static Map<String, Object> securitySchemes() {
        Map<String, Object> schemes = new LinkedHashMap<>();
        schemes.put("bearer", Ordered.map("type", "http", "scheme", "bearer", "bearerFormat", "JWT"));
        schemes.put("session", Ordered.map("type", "apiKey", "in", "header", "name", "X-Session-Id"));
        schemes.put("cookie", Ordered.map("type", "apiKey", "in", "cookie", "name", Cookie.SESSION));
        schemes.put("csrf", Ordered.map("type", "apiKey", "in", "header", "name", "X-CSRF-Token"));
        return schemes;
    }

    private static List<Map<String, Object>> security(Route route) {
        if (route.access() instanceof Access.Public) {
            return List.of();
        }
        Map<String, Object> cookie = new LinkedHashMap<>();
        cookie.put("cookie", List.of());
        if (!route.method().isSafe()) {
            cookie.put("csrf", List.of());
        }
        return List.of(Ordered.map("bearer", List.of()), Ordered.map("session", List.of()), cookie);
    }

    private static Map<String, Object> json(Map<String, Object> schema) {
        return Ordered.map(JSON, Ordered.map("schema", schema));
    }

    /** Such as {@code postApiV1AuthLogin}. */
    private static String operationId(Route route) {
        StringBuilder id = new StringBuilder(route.method().name().toLowerCase(Locale.ROOT));
        boolean upper = true;
        for (char c : route.path().toCharArray()) {
            if (Character.isLetterOrDigit(c)) {
                id.append(upper ? Character.toUpperCase(c) : c);
                upper = false;
            } else {
                upper = true;
            }
        }
        return id.toString();
    }

    /** In the order in which they are read: the API, then what surrounds it. */
    private static List<Map<String, Object>> areas(List<Route> routes) {
        NavigableSet<String> areas = new TreeSet<>();
        routes.stream().filter(OpenApi::isShown).forEach(route -> areas.add(tag(route)));
        List<String> last = Stream.of(PAGES, SERVER).filter(areas::remove).toList();
        return Stream.concat(areas.stream(), last.stream())
                .map(area -> Ordered.map("name", area))
                .toList();
    }

    private static boolean isShown(Route route) {
        return route.isDescribed() && !(route.access() instanceof Access.Development);
    }

    /** The area: the segment behind the version; pages and what belongs to the server as a whole have one each. */
    private static String tag(Route route) {
        if (route.shape() == ErrorShape.PAGE) {
            return PAGES;
        }
        String[] segments = route.path().split("/");
        return route.path().startsWith("/api/v1/") ? segments[3] : SERVER;
    }
}
