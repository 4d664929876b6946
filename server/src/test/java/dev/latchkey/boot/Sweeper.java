package dev.latchkey.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.MutableClock;
import dev.latchkey.http.Access;
import dev.latchkey.http.ErrorShape;
import dev.latchkey.http.Method;
import dev.latchkey.http.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends what nobody should send, as an administrator, who gets furthest: with a token to programs' routes, with a browser's session
 * to pages. Signs in again where something ended the session. For one thread.
 */
final class Sweeper {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ID = "00000000-0000-7000-8000-000000000000";
    private static final List<String> STORED_HEADERS =
            List.of("Cookie", "X-Forwarded-For", "User-Agent", "X-Request-Id");
    private static final List<String> PARAMETERS =
            List.of("limit", "page", "cursor", "email", "user", "name", "from", "to", "all", "token");
    private static final List<String> FORM_FIELDS = List.of(
            "token",
            "newPassword",
            "repeatPassword",
            "email",
            "name",
            "password",
            "code",
            "secret",
            "sessionId",
            "session",
            "return_to",
            "_csrf");
    /** A 401 of another kind is about what the request itself tried to prove. */
    private static final Set<String> SESSION_OVER = Set.of("TOKEN_REVOKED", "INVALID_TOKEN", "TOKEN_EXPIRED");

    private final List<String> wrong = new ArrayList<>();
    private final TestServer server;
    private final ApiDescription description;
    /** Of somebody's login that waits for a second factor. */
    private final String handle;

    private Person person;
    private ApiClient browser;
    private int sent;

    Sweeper(TestServer server, MutableClock clock, ApiDescription description) {
        this.server = server;
        this.description = description;
        this.handle = waitingLogin(server, clock);
        begin();
    }

    /** What was answered that should not have been. */
    List<String> wrong() {
        return wrong;
    }

    /** How many requests were judged. */
    int sent() {
        return sent;
    }

    /** Another administrator from here on: what one person did is read by some routes, and grows. */
    void begin() {
        person = Person.registered(server, "admin-" + UUID.randomUUID() + "@example.com");
        server.grant(person.email(), "ADMIN");
        browser = inBrowser();
    }

    /** The handle of somebody's login that waits for a second factor. */
    static String waitingLogin(TestServer server, MutableClock clock) {
        Person enrolled = Person.registered(server, "enrolled-" + UUID.randomUUID() + "@example.com");
        Answer setup = enrolled.client().post("/api/v1/mfa/setup", Map.of());
        Map<String, String> code = Map.of("code", new AuthenticatorApp(setup.text("/secret"), clock).code());
        assertThat(enrolled.client().post("/api/v1/mfa/enable", code).status()).isEqualTo(200);
        return enrolled.login().text("/mfaToken");
    }

    void sweep(Route route) {
        if (route.method() == Method.GET) {
            queries(route);
        } else {
            bodies(route);
            fields(route);
            forms(route);
        }
        paths(route);
    }

    private void bodies(Route route) {
        for (Garbage.Body body : Garbage.bodies()) {
            send(route, path(route), body.contentType(), body.bytes());
        }
    }

    private void fields(Route route) {
        List<String> names = description.fields(route);
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

    private void forms(Route route) {
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

    private void queries(Route route) {
        for (String parameter : PARAMETERS) {
            for (String value : Garbage.encoded()) {
                send(route, path(route) + "?" + parameter + "=" + value, "", new byte[0]);
            }
        }
        send(route, path(route) + "?limit=1&limit=2", "", new byte[0]);
        send(route, path(route) + "?" + "a=b&".repeat(500), "", new byte[0]);
    }

    private void paths(Route route) {
        if (route.path().contains("{")) {
            Garbage.Body body = route.shape() == ErrorShape.PAGE
                    ? new Garbage.Body(Garbage.FORM, "name=x".getBytes(UTF_8))
                    : new Garbage.Body(Garbage.JSON, "{}".getBytes(UTF_8));
            for (String value : Garbage.encoded()) {
                send(route, route.path().replaceAll("\\{[a-z]+}", value), body.contentType(), body.bytes());
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
        Answer answer = client(route).raw(route.method().name(), path, contentType, body);
        if (!(route.access() instanceof Access.Public) && isSessionOver(answer, route)) {
            signIn(route);
            answer = client(route).raw(route.method().name(), path, contentType, body);
        }
        String request = route.method() + " " + path + " " + new Garbage.Body(contentType, body);
        if (!(route.access() instanceof Access.Public) && isSessionOver(answer, route)) {
            wrong.add("whoever is signed in did not get to " + request);
        }
        check(request, answer, route.shape());
    }

    private ApiClient client(Route route) {
        return route.shape() == ErrorShape.PAGE ? browser : person.client();
    }

    private static boolean isSessionOver(Answer answer, Route route) {
        return answer.asksForLogin(route) && (route.shape() == ErrorShape.PAGE || SESSION_OVER.contains(answer.code()));
    }

    /** Whoever deleted the account, or changed its password, is somebody else from here on. */
    private void signIn(Route route) {
        Answer login = person.login();
        if (login.status() != 200) {
            begin();
        } else if (route.shape() == ErrorShape.PAGE) {
            browser = inBrowser();
        } else {
            person = person.with(login);
        }
    }

    /** With the session's cookie and what its own pages send with each form. */
    private ApiClient inBrowser() {
        Answer login = person.anonymous()
                .post(
                        "/api/v1/auth/login",
                        Map.of("email", person.email(), "password", person.password(), "mode", "cookie"));
        assertThat(login.status()).as(login.body()).isEqualTo(200);
        String cookies = "latchkey_session=" + login.cookie("latchkey_session") + "; latchkey_login=" + handle;
        ApiClient cookie = person.anonymous().with("Cookie", cookies);
        String token = cookie.get("/api/v1/auth/csrf-token").text("/csrfToken");
        return cookie.with("Origin", "http://localhost:" + server.port()).with("X-CSRF-Token", token);
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

    private static String path(Route route) {
        return route.path().replaceAll("\\{[a-z]+}", ID);
    }

    /** A value that passes, so that the next field is looked at. */
    private String usual(String field) {
        return switch (field) {
            case "email" -> "\"sweep@example.com\"";
            case "password", "newPassword" -> "\"" + Person.PASSWORD + "-2\"";
            case "currentPassword" -> "\"" + Person.PASSWORD + "\"";
            case "mfaToken" -> '"' + handle + '"';
            case "locale" -> "\"en\"";
            case "mode" -> "\"token\"";
            case "name", "token" -> "\"something\"";
            default -> "null";
        };
    }
}
