package dev.latchkey.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.MutableClock;
import dev.latchkey.db.Engine;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.http.Route;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The whole server's surface, as text to review. */
class RouteTableGoldenTest {
    private static final Set<String> CHANGING =
            Set.of("date", "content-length", "x-request-id", "ratelimit-remaining", "ratelimit-reset", "etag");

    private static TestDatabase database;
    private static TestServer server;

    @BeforeAll
    static void start() {
        database = TestDatabase.on(Engine.SQLITE);
        // As in production: what is golden is what the world sees.
        server = TestServer.on(
                database, new MutableClock(), "server.public-url", "https://login.example.com", "docs.enabled", "true");
    }

    @AfterAll
    static void stop() {
        server.close();
        database.close();
    }

    @Test
    @DisplayName("S3-04 API9 the route table: method, path, access, limits, error shape")
    void routes() {
        Golden.compare("routes.txt", server.app().server().routes().describe());
    }

    @Test
    @DisplayName("S3-04 every route that is described says what it does")
    void summaries() {
        assertThat(server.app().server().routes().routes().stream()
                        .filter(Route::isDescribed)
                        .filter(route -> route.summary().isEmpty())
                        .map(route -> route.method() + " " + route.path()))
                .isEmpty();
    }

    @Test
    @DisplayName("S1-44 only probes, public keys, files and documentation are exempt from limits")
    void unlimited() {
        assertThat(server.app().server().routes().routes().stream()
                        .filter(Route::isUnlimited)
                        .map(Route::path))
                .allMatch(path -> path.matches(
                        "/health/.*|/\\.well-known/.*|/oauth2/jwks|/assets/.*|/api/docs.*|/api/openapi\\.json"));
    }

    @Test
    @DisplayName("S3-04 the API description")
    void openApi() {
        JsonMapper mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        String document = server.client().get("/api/openapi.json").body();
        Golden.compare("openapi.json", mapper.writeValueAsString(mapper.readTree(document)) + "\n");
    }

    @Test
    @DisplayName("S0-40 S1-42 C19 the headers of an API answer and of a page")
    void headers() {
        Person.registered(server, "ada@example.com");
        Answer login = server.client()
                .post(
                        "/api/v1/auth/login",
                        Map.of("email", "ada@example.com", "password", Person.PASSWORD, "mode", "cookie"));
        Answer refused = server.client().get("/api/v1/auth/me");
        Answer page = server.client().get("/verify-email?token=x");
        Golden.compare(
                "headers.txt",
                text("POST /api/v1/auth/login", login)
                        + text("GET /api/v1/auth/me, signed out", refused)
                        + text("GET /verify-email", page));
    }

    private static String text(String request, Answer answer) {
        Map<String, List<String>> headers = new TreeMap<>();
        answer.headers().map().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        return headers.entrySet().stream()
                .filter(header -> !header.getKey().startsWith(":"))
                .flatMap(header ->
                        header.getValue().stream().map(value -> header.getKey() + ": " + shown(header.getKey(), value)))
                .sorted()
                .collect(Collectors.joining("\n", request + "\n" + answer.status() + "\n", "\n\n"));
    }

    private static String shown(String name, String value) {
        if (CHANGING.contains(name)) {
            return "(changes)";
        }
        return name.equals("set-cookie") ? value.replaceFirst("=[^;]+", "=(secret)") : value;
    }
}
