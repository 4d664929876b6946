package dev.latchkey.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.http.Access;
import dev.latchkey.http.ErrorShape;
import dev.latchkey.http.Method;
import dev.latchkey.http.Route;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * A route and somebody of its own who may call it: whoever signs out or deletes the account disturbs no other call, and no limit
 * counts two of them together. The fields are those that the route knows, with values of the right form.
 */
record UsualCall(Route route, ApiClient client, String contentType, String body) {
    /** Two processors have something to do while the others wait for the database. */
    static final int LANES = 8;

    private static final String ID = "00000000-0000-7000-8000-000000000000";
    private static final String PHONE = "+4930123456";

    /** One for every route, at one node and the other in turn. */
    static List<UsualCall> toEveryRoute(TwoNodes nodes) {
        ApiDescription description = ApiDescription.of(nodes.first());
        String handle = Sweeper.waitingLogin(nodes.first(), nodes.clock());
        List<Route> routes = nodes.first().app().server().routes().routes().stream()
                .filter(route -> !(route.access() instanceof Access.Development))
                .toList();
        List<Function<TestServer, UsualCall>> calls = new ArrayList<>();
        for (int i = 0; i < routes.size(); i++) {
            Route route = routes.get(i);
            String email = "sweep-" + i + "@example.com";
            calls.add(node -> to(node, route, email, handle, description));
        }
        return inLanes(LANES, calls, call -> call.apply(nodes.next()));
    }

    /** What each was answered, in their order. */
    static List<Answer> sendAll(int atOnce, List<UsualCall> calls) {
        return inLanes(atOnce, calls, UsualCall::send);
    }

    String name() {
        return route.method() + " " + route.path();
    }

    Answer send() {
        String path = route.path().replaceAll("\\{[a-z]+}", ID);
        return client.raw(route.method().name(), path, contentType, body.getBytes(UTF_8));
    }

    private static UsualCall to(TestServer node, Route route, String email, String handle, ApiDescription description) {
        Person person = Person.registered(node, email);
        if (route.access() instanceof Access.Role) {
            node.grant(email, "ADMIN");
        }
        Map<String, String> values = values(person, handle);
        boolean isPage = route.shape() == ErrorShape.PAGE;
        ApiClient client = isPage ? browser(person, route, handle) : client(person, route);
        if (route.method() == Method.GET) {
            return new UsualCall(route, client, "", "");
        }
        if (isPage) {
            String form = values.entrySet().stream()
                    .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                    .collect(Collectors.joining("&"));
            return new UsualCall(route, client, Garbage.FORM, form);
        }
        values.keySet().retainAll(description.fields(route));
        return new UsualCall(route, client, Garbage.JSON, JsonMapper.shared().writeValueAsString(values));
    }

    private static ApiClient client(Person person, Route route) {
        return route.access() instanceof Access.Public ? person.anonymous() : person.client();
    }

    /** With the cookie of a login that waits for a second factor, that of a session where one is needed, and what forms send. */
    private static ApiClient browser(Person person, Route route, String handle) {
        ApiClient waiting = person.anonymous()
                .with("Origin", "http://localhost:" + person.server().port());
        String cookies = "latchkey_login=" + handle;
        if (route.access() instanceof Access.Public) {
            return waiting.with("Cookie", cookies);
        }
        Answer login = person.anonymous()
                .post(
                        "/api/v1/auth/login",
                        Map.of("email", person.email(), "password", person.password(), "mode", "cookie"));
        assertThat(login.status()).as(login.body()).isEqualTo(200);
        ApiClient signedIn = waiting.with("Cookie", cookies + "; latchkey_session=" + login.cookie("latchkey_session"));
        return signedIn.with(
                "X-CSRF-Token", signedIn.get("/api/v1/auth/csrf-token").text("/csrfToken"));
    }

    private static Map<String, String> values(Person person, String handle) {
        Map<String, String> values = new HashMap<>();
        values.put("email", person.email());
        values.put("password", person.password());
        values.put("currentPassword", person.password());
        values.put("newPassword", "quiet-Meadow-77-lamp");
        values.put("repeatPassword", "quiet-Meadow-77-lamp");
        values.put("mfaToken", handle);
        values.put("loginToken", handle);
        values.put("refresh_token", person.refreshToken());
        values.put("code", "123456");
        values.put("token", "something");
        values.put("name", "something");
        values.put("phoneNumber", PHONE);
        return values;
    }

    private static <T, R> List<R> inLanes(int count, List<T> all, Function<T, R> step) {
        try (ExecutorService lanes = Executors.newFixedThreadPool(count)) {
            List<CompletableFuture<R>> results = all.stream()
                    .map(one -> CompletableFuture.supplyAsync(() -> step.apply(one), lanes))
                    .toList();
            return results.stream().map(CompletableFuture::join).toList();
        }
    }
}
