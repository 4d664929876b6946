package dev.latchkey.bench;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Keycloak as its makers pack it, over PostgreSQL, tuned by its own build step for that; fetched by Maven. */
record Keycloak(Path home, Map<String, String> environment) {
    static final String PASSWORD = People.PASSWORD;
    static final String CLIENT = "client_id=app&client_secret=a-secret-of-the-bench";

    private static final String VERSION = "26.7.3";
    private static final int PORT = 19020;
    private static final String URL = "http://127.0.0.1:" + PORT;
    private static final String REALM = "/realms/bench";
    private static final int CREATED = 201;

    static Keycloak installed(Place place, PostgresServer postgres) throws Exception {
        Path folder = Files.createDirectories(place.out().resolve("peers"));
        Path home = folder.resolve("keycloak-" + VERSION);
        postgres.createDatabase("keycloak");
        Keycloak keycloak = new Keycloak(
                home,
                Map.ofEntries(
                        Map.entry("KC_DB", "postgres"),
                        Map.entry("KC_DB_URL", postgres.jdbcUrl("keycloak").replaceFirst("\\?.*", "")),
                        Map.entry("KC_DB_USERNAME", "postgres"),
                        Map.entry("KC_DB_PASSWORD", "unused"),
                        Map.entry("KC_HTTP_ENABLED", "true"),
                        Map.entry("KC_HTTP_HOST", "127.0.0.1"),
                        Map.entry("KC_HTTP_PORT", Integer.toString(PORT)),
                        Map.entry("KC_HOSTNAME_STRICT", "false"),
                        Map.entry("KC_CACHE", "local"),
                        Map.entry("KC_LOG_LEVEL", "warn"),
                        Map.entry("KC_BOOTSTRAP_ADMIN_USERNAME", "admin"),
                        Map.entry("KC_BOOTSTRAP_ADMIN_PASSWORD", PASSWORD),
                        Map.entry("JAVA_HOME", System.getProperty("java.home"))));
        if (!Files.exists(home.resolve("built"))) {
            Report.say("fetching and building Keycloak " + VERSION + " (once)");
            Commands.run(folder, Map.of(), "mvn", "-B", "-ntp", "-q", "dependency:copy",
                    "-Dartifact=org.keycloak:keycloak-quarkus-dist:" + VERSION + ":zip", "-DoutputDirectory=" + folder);
            Commands.run(folder, Map.of(), home("jar"), "xf", "keycloak-quarkus-dist-" + VERSION + ".zip");
            Files.setPosixFilePermissions(
                    home.resolve("bin/kc.sh"), java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
            Commands.run(home, keycloak.environment(), "bin/kc.sh", "build");
            Files.writeString(home.resolve("built"), "");
        }
        return keycloak;
    }

    private static String home(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program).toString();
    }

    Running start(Place place) throws IOException, InterruptedException {
        // It reports on standard output, which nobody keeps.
        List<String> command =
                List.of("sh", "-c", "exec \"$0\" start --optimized >&2", home.resolve("bin/kc.sh").toString());
        return Running.start(command, environment, PORT, "/realms/master", place.out().resolve("keycloak.log"));
    }

    /** Makes a realm, a client and {@code people} in it, unless they are there from an earlier run. */
    void populate(int people) throws IOException, InterruptedException {
        String token = field(post("/realms/master/protocol/openid-connect/token",
                "grant_type=password&client_id=admin-cli&username=admin&password=" + encoded(PASSWORD)), "access_token");
        create(token, "", """
                {"realm":"bench","enabled":true,"sslRequired":"none","accessTokenLifespan":3600,"ssoSessionIdleTimeout":7200}""");
        create(token, "/bench/clients", """
                {"clientId":"app","secret":"a-secret-of-the-bench","publicClient":false,"directAccessGrantsEnabled":true}""");
        for (int i = 0; i < people; i++) {
            create(token, "/bench/users", """
                    {"username":"person%d","email":"person%d@example.com","firstName":"Person","lastName":"%d","emailVerified":true,
                     "enabled":true,"credentials":[{"type":"password","value":"%s","temporary":false}]}"""
                    .formatted(i, i, i, PASSWORD));
        }
    }

    private static void create(String token, String path, String json) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(URL + "/admin/realms" + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != CREATED && answer.statusCode() != 409) {
                throw new IOException("Keycloak answered " + answer.statusCode() + ": " + answer.body());
            }
        }
    }

    /** The answers of {@code people} logins. */
    List<String> logins(int people) throws IOException, InterruptedException {
        List<String> answers = new ArrayList<>();
        for (String body : loginForms(people)) {
            answers.add(post(REALM + "/protocol/openid-connect/token", body));
        }
        return answers;
    }

    static List<String> loginForms(int people) {
        return Stream.iterate(0, i -> i + 1)
                .limit(people)
                .map(i -> CLIENT + "&grant_type=password&scope=openid&username=person" + i + "&password=" + encoded(PASSWORD))
                .toList();
    }

    static String tokens(Running server) {
        return server.url(REALM + "/protocol/openid-connect/token");
    }

    static String userinfo(Running server) {
        return server.url(REALM + "/protocol/openid-connect/userinfo");
    }

    static String field(String json, String name) throws IOException {
        Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(json);
        if (!found.find()) {
            throw new IOException("no " + name + " in " + json);
        }
        return found.group(1);
    }

    private static String post(String path, String form) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(URL + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
