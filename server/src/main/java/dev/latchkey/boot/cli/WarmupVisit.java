package dev.latchkey.boot.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A new user's first minute at a server: sign up, me, refresh, log in, log out, over HTTP/1.1 and HTTP/2. */
final class WarmupVisit {
    private static final String PASSWORD = "plum-Harbour-42-kite";

    /** Enough to load what requests need; more would only make the next start compile earlier than it should. */
    private static final int ROUNDS = 3;

    private final String base;
    private final JsonMapper json = JsonMapper.shared();

    WarmupVisit(int port) {
        this.base = "http://localhost:" + port;
    }

    /** @throws IllegalStateException if the server answers something else than a visitor may expect */
    void run() throws IOException, InterruptedException {
        for (HttpClient.Version version :
                new HttpClient.Version[] {HttpClient.Version.HTTP_1_1, HttpClient.Version.HTTP_2}) {
            try (HttpClient client = HttpClient.newBuilder().version(version).build()) {
                for (int round = 0; round < ROUNDS; round++) {
                    visit(
                            client,
                            "warmup-" + version.name().toLowerCase(Locale.ROOT) + round + System.nanoTime()
                                    + "@example.com");
                }
            }
        }
    }

    private void visit(HttpClient client, String email) throws IOException, InterruptedException {
        expect(200, client, get("/health/ready", ""));
        Map<String, String> credentials = Map.of("email", email, "password", PASSWORD);
        expect(201, client, post("/api/v1/auth/register", credentials, ""));
        JsonNode tokens = data(expect(200, client, post("/api/v1/auth/login", credentials, "")));
        String access = tokens.get("access_token").asString();
        expect(200, client, get("/api/v1/auth/me", access));
        Map<String, String> refresh =
                Map.of("refresh_token", tokens.get("refresh_token").asString());
        String renewed = data(expect(200, client, post("/api/v1/auth/refresh", refresh, "")))
                .get("access_token")
                .asString();
        expect(204, client, post("/api/v1/auth/logout", Map.of(), renewed));
        expect(401, client, get("/api/v1/auth/me", renewed));
        expect(404, client, get("/api/v1/nothing", ""));
        expect(200, client, get("/.well-known/jwks.json", ""));
    }

    private JsonNode data(String body) {
        return json.readTree(body).get("data");
    }

    private HttpRequest get(String path, String token) {
        return authorized(HttpRequest.newBuilder(URI.create(base + path)), token)
                .build();
    }

    private HttpRequest post(String path, Map<String, String> body, String token) {
        return authorized(HttpRequest.newBuilder(URI.create(base + path)), token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)))
                .build();
    }

    private static HttpRequest.Builder authorized(HttpRequest.Builder request, String token) {
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private String expect(int status, HttpClient client, HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != status) {
            throw new IllegalStateException(
                    request.method() + " " + request.uri().getPath() + " answered " + response.statusCode());
        }
        return response.body();
    }
}
