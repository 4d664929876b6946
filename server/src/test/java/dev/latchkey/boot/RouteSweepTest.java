package dev.latchkey.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.http.Access;
import dev.latchkey.http.ErrorShape;
import dev.latchkey.http.Method;
import dev.latchkey.http.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestReporter;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every route of the server, called by those who may not and with what nobody should send. */
class RouteSweepTest {
    private static final String ID = "00000000-0000-7000-8000-000000000000";
    private static final List<String> STORED_HEADERS =
            List.of("Cookie", "X-Forwarded-For", "User-Agent", "X-Request-Id");
    private static final List<String> PARAMETERS =
            List.of("limit", "page", "cursor", "email", "user", "name", "from", "to", "all", "token");
    // A script posts to them, with what an authenticator answered or in a login under way: without either they say so
    // by 401.
    private static final Pattern REFUSES_NOTHING_PROVED =
            Pattern.compile("/(login|mfa)(/enrolment)?/passkey(/options)?");
    private static final List<String> FORM_FIELDS =
            List.of("token", "newPassword", "repeatPassword", "email", "name", "password", "_csrf");

    @BothEngines
    @DisplayName(
            "V8.2.1 without a credential every protected route is 401; with a plain user every administration route 403")
    void access(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "limits.enabled", "false")) {
            Person user = Person.registered(server, "user@example.com");
            for (Route route : routes(server)) {
                String path = route.path().replaceAll("\\{[a-z]+}", ID);
                Answer anonymous = server.client().raw(route.method().name(), path, "", new byte[0]);
                String name = route.method() + " " + path;
                switch (route.access()) {
                    case Access.Public open -> {
                        if (!REFUSES_NOTHING_PROVED.matcher(path).matches()) {
                            assertThat(anonymous.status()).as(name).isNotIn(401, 403);
                        }
                    }
                    case Access.SignedIn some ->
                        assertThat(anonymous.asksForLogin(route)).as(name).isTrue();
                    case Access.Recent recent ->
                        assertThat(anonymous.asksForLogin(route)).as(name).isTrue();
                    case Access.Role role -> {
                        assertThat(anonymous.asksForLogin(route)).as(name).isTrue();
                        Answer plain = user.client().raw(route.method().name(), path, "", new byte[0]);
                        assertThat(plain.status()).as(name).isEqualTo(403);
                        assertThat(plain.code()).as(name).isEqualTo("FORBIDDEN");
                    }
                    case Access.Development development ->
                        assertThat(server.client().from("192.0.2.1").get(path).status())
                                .as(name)
                                .isEqualTo(404);
                }
            }
        }
    }

    @BothEngines
    @DisplayName("principle 9: no input gets a 5xx, a stack trace or no answer")
    void garbage(TestDatabase database, MutableClock clock, TestReporter reporter) {
        try (TestServer server = TestServer.on(
                database, clock, "limits.enabled", "false", "password.hashing-waiting-per-address", "100")) {
            Sweeper sweeper = new Sweeper(server);
            JsonNode description = server.client().get("/api/openapi.json").json();
            for (Route route : routes(server)) {
                if (route.access() instanceof Access.Development || isAnotherName(route)) {
                    continue;
                }
                if (route.method() == Method.GET) {
                    sweeper.queries(route);
                } else {
                    sweeper.bodies(route);
                    sweeper.fields(route, fields(description, route));
                    sweeper.forms(route);
                }
                sweeper.paths(route);
            }
            sweeper.headers();
            assertThat(sweeper.wrong).isEmpty();
            reporter.publishEntry("requests", Integer.toString(sweeper.sent));
        }
    }

    private static List<Route> routes(TestServer server) {
        return server.app().server().routes().routes();
    }

    private static boolean isAnotherName(Route route) {
        return route.path().startsWith("/api/v1/users") || route.path().endsWith("/signup");
    }

    /** The names of the fields of the route's body, as the API description gives them. */
    private static List<String> fields(JsonNode description, Route route) {
        String reference = description
                .path("paths")
                .path(route.path())
                .path(route.method().name().toLowerCase(Locale.ROOT))
                .at("/requestBody/content/application~1json/schema/$ref")
                .asString("");
        if (reference.isEmpty()) {
            return List.of();
        }
        return List.copyOf(
                description.at(reference.substring(1) + "/properties").propertyNames());
    }

    /** Sends as an administrator, who gets furthest; signs in again where something ended the session. */
    private static final class Sweeper {
        private static final JsonMapper JSON = JsonMapper.shared();
        private final List<String> wrong = new ArrayList<>();
        private final TestServer server;
        private Person person;
        private int sent;

        Sweeper(TestServer server) {
            this.server = server;
            this.person = administrator();
        }

        void bodies(Route route) {
            for (Garbage.Body body : Garbage.bodies()) {
                send(route, path(route), body.contentType(), body.bytes());
            }
        }

        void fields(Route route, List<String> names) {
            Map<String, String> usual = new LinkedHashMap<>();
            names.forEach(name -> usual.put(name, usual(name)));
            for (String name : names) {
                for (String value : Garbage.values()) {
                    Map<String, String> body = new LinkedHashMap<>(usual);
                    body.put(name, value);
                    String json = body.entrySet().stream()
                            .map(field -> '"' + field.getKey() + "\":" + field.getValue())
                            .collect(Collectors.joining(",", "{", "}"));
                    send(route, path(route), Garbage.JSON, json.getBytes(UTF_8));
                }
            }
        }

        void forms(Route route) {
            if (route.shape() != ErrorShape.PAGE) {
                return;
            }
            for (String field : FORM_FIELDS) {
                for (String value : Garbage.encoded()) {
                    String form = FORM_FIELDS.stream()
                            .map(each -> each + "=" + (each.equals(field) ? value : "a%40example.com"))
                            .collect(Collectors.joining("&"));
                    send(route, path(route), Garbage.FORM, form.getBytes(UTF_8));
                }
            }
        }

        void queries(Route route) {
            for (String parameter : PARAMETERS) {
                for (String value : Garbage.encoded()) {
                    send(route, path(route) + "?" + parameter + "=" + value, "", new byte[0]);
                }
            }
            send(route, path(route) + "?limit=1&limit=2", "", new byte[0]);
            send(route, path(route) + "?" + "a=b&".repeat(500), "", new byte[0]);
        }

        void paths(Route route) {
            if (route.path().contains("{")) {
                for (String value : Garbage.encoded()) {
                    send(route, route.path().replaceAll("\\{[a-z]+}", value), Garbage.JSON, "{}".getBytes(UTF_8));
                }
            }
        }

        void headers() {
            for (String name : List.of(
                    "Authorization",
                    "Cookie",
                    "X-API-Key",
                    "X-Session-Id",
                    "X-Forwarded-For",
                    "Forwarded",
                    "Accept-Language",
                    "Accept-Encoding",
                    "If-None-Match",
                    "Origin",
                    "User-Agent",
                    "X-Request-Id",
                    "X-CSRF-Token",
                    "Sec-Fetch-Site")) {
                for (String value : List.of(
                        "",
                        " ",
                        "garbage",
                        ",;=\"'",
                        "\u00fc\u00df\u00ff",
                        "Bearer",
                        "Bearer a.b.c",
                        "Bearer eyJhbGciOiJub25lIn0.e30.",
                        "latchkey_session=;latchkey_session=x;latchkey_device=\u00ff",
                        "latchkey_device=" + "x".repeat(3_000),
                        "en-\u00df-x;q=NaN,*;q=1e9",
                        "for=\"[::1]:x\";for=unknown,for=_a",
                        "999.1.1.1,::1%eth0,1.2.3",
                        "x".repeat(7_000))) {
                    ApiClient client = server.client().with(name, value);
                    check(name + ": " + value, client.get("/api/v1/auth/me"), ErrorShape.NATIVE);
                    check(name + ": " + value, client.get("/verify-email"), ErrorShape.PAGE);
                    if (STORED_HEADERS.contains(name)) {
                        check(
                                name + ": " + value,
                                client.post(
                                        "/api/v1/auth/login",
                                        Map.of("email", person.email(), "password", person.password())),
                                ErrorShape.NATIVE);
                    }
                }
            }
        }

        private void send(Route route, String path, String contentType, byte[] body) {
            Answer answer = person.client().raw(route.method().name(), path, contentType, body);
            if (answer.asksForLogin(route) && !(route.access() instanceof Access.Public)) {
                person = person.login().status() == 200 ? person.loggedIn() : administrator();
                answer = person.client().raw(route.method().name(), path, contentType, body);
            }
            check(route.method() + " " + path + " " + new Garbage.Body(contentType, body), answer, route.shape());
        }

        private void check(String request, Answer answer, ErrorShape shape) {
            sent++;
            if (answer.status() >= 500) {
                wrong.add(answer.status() + " to " + request);
            } else if (answer.status() >= 400 && shape == ErrorShape.NATIVE && !isEnvelope(answer)) {
                wrong.add("not the shape of errors: " + answer.status() + " " + answer.body() + " to " + request);
            }
        }

        private static boolean isEnvelope(Answer answer) {
            try {
                JsonNode body = JSON.readTree(answer.body());
                return !body.at("/error/code").asString("").isEmpty()
                        && !body.at("/meta/requestId").asString("").isEmpty();
            } catch (JacksonException notJson) {
                return false;
            }
        }

        private Person administrator() {
            Person fresh = Person.registered(server, "admin" + sent + "@example.com");
            server.grant(fresh.email(), "ADMIN");
            return fresh;
        }

        private static String path(Route route) {
            return route.path().replaceAll("\\{[a-z]+}", ID);
        }

        /** A value that passes, so that the next field is looked at. */
        private static String usual(String field) {
            return switch (field) {
                case "email" -> "\"sweep@example.com\"";
                case "password", "newPassword" -> "\"" + Person.PASSWORD + "-2\"";
                case "currentPassword" -> "\"" + Person.PASSWORD + "\"";
                case "locale" -> "\"en\"";
                case "mode" -> "\"token\"";
                case "name", "token" -> "\"something\"";
                default -> "null";
            };
        }
    }
}
