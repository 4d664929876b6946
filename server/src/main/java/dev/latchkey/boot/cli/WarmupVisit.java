package dev.latchkey.boot.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A new user's first minute at a server: sign up, me, refresh, log in, log out. Uses the JDK's oldest client, because what a
 * newer one loads would stay in the start cache and in every server's memory.
 */
final class WarmupVisit {
    private static final String PASSWORD = "plum-Harbour-42-kite";
    private static final int ROUNDS = 3;

    private final String base;
    private final JsonMapper json = JsonMapper.shared();

    WarmupVisit(int port) {
        this.base = "http://localhost:" + port;
    }

    /** @throws IllegalStateException if the server answers something else than a visitor may expect */
    void run() throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            visit("warmup-" + round + "-" + System.nanoTime() + "@example.com");
        }
    }

    private void visit(String email) throws IOException {
        expect(200, "GET", "/health/ready", Map.of(), "");
        Map<String, String> credentials = Map.of("email", email, "password", PASSWORD);
        expect(201, "POST", "/api/v1/auth/register", credentials, "");
        JsonNode tokens = data(expect(200, "POST", "/api/v1/auth/login", credentials, ""));
        expect(
                200,
                "GET",
                "/api/v1/auth/me",
                Map.of(),
                tokens.get("access_token").asString());
        Map<String, String> refresh =
                Map.of("refresh_token", tokens.get("refresh_token").asString());
        JsonNode renewed = data(expect(200, "POST", "/api/v1/auth/refresh", refresh, ""));
        String access = renewed.get("access_token").asString();
        expect(204, "POST", "/api/v1/auth/logout", Map.of(), access);
        expect(401, "GET", "/api/v1/auth/me", Map.of(), access);
        expect(404, "GET", "/api/v1/nothing", Map.of(), "");
        expect(200, "GET", "/.well-known/jwks.json", Map.of(), "");
        expect(200, "GET", "/api/docs/swagger-ui.css", Map.of(), "");
    }

    private JsonNode data(String body) {
        return json.readTree(body).get("data");
    }

    private String expect(int status, String method, String path, Map<String, String> body, String token)
            throws IOException {
        HttpURLConnection request =
                (HttpURLConnection) URI.create(base + path).toURL().openConnection();
        request.setRequestMethod(method);
        if (!token.isEmpty()) {
            request.setRequestProperty("Authorization", "Bearer " + token);
        }
        if (method.equals("POST")) {
            request.setRequestProperty("Content-Type", "application/json");
            request.setDoOutput(true);
            try (OutputStream out = request.getOutputStream()) {
                out.write(json.writeValueAsString(body).getBytes(UTF_8));
            }
        }
        if (request.getResponseCode() != status) {
            throw new IllegalStateException(method + " " + path + " answered " + request.getResponseCode());
        }
        if (status >= 400) {
            return "";
        }
        try (InputStream in = request.getInputStream()) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
