package dev.latchkey.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.TwoNodes.Sharing;
import dev.latchkey.http.Access;
import dev.latchkey.http.ErrorShape;
import dev.latchkey.http.Method;
import dev.latchkey.http.Route;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

class HalfAuthenticatedSweepTest {
    private static final String ID = "00000000-0000-7000-8000-000000000000";
    private static final List<String> NAMES =
            List.of("mfaToken", "loginToken", "token", "refresh_token", "sessionId", "invitation");

    /** What a login waits for, and the routes where its handle is worth anything. */
    private enum Waiting {
        /** Pages that set a factor up lead it back to the one that asks for a factor. */
        FOR_A_FACTOR(
                "POST /api/v1/mfa/verify",
                "POST /api/v1/mfa/verify-backup",
                "POST /api/v1/mfa/sms/send",
                "POST /api/v1/mfa/recovery",
                "POST /api/v1/passkeys/authenticate/options",
                "POST /api/v1/passkeys/authenticate/verify",
                "POST /mfa",
                "POST /mfa/lost",
                "POST /mfa/passkey/options",
                "POST /mfa/passkey",
                "POST /mfa/enrolment",
                "POST /mfa/enrolment/passkey/options",
                "POST /mfa/enrolment/passkey"),
        /** Where it is asked for a factor it says that there is none yet; pages lead to the one that sets one up. */
        FOR_ENROLMENT(
                "POST /api/v1/mfa/enrolment/setup",
                "POST /api/v1/mfa/enrolment/enable",
                "POST /api/v1/mfa/enrolment/passkey/options",
                "POST /api/v1/mfa/enrolment/passkey/verify",
                "POST /api/v1/mfa/verify",
                "POST /api/v1/mfa/verify-backup",
                "POST /api/v1/mfa/sms/send",
                "POST /api/v1/passkeys/authenticate/options",
                "POST /api/v1/passkeys/authenticate/verify",
                "POST /mfa",
                "POST /mfa/lost",
                "POST /mfa/passkey",
                "POST /mfa/enrolment",
                "POST /mfa/enrolment/passkey/options",
                "POST /mfa/enrolment/passkey"),
        /** A wrong code is refused like an invented handle. */
        FOR_A_MAILED_CODE();

        private final List<String> routes;

        Waiting(String... routes) {
            this.routes = List.of(routes);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("S1-21 the handle of a login under way opens no route, on no node, as no credential")
    void opensNothing(Sharing sharing) {
        try (TwoNodes nodes = nodes(sharing)) {
            for (String handle : handles(nodes).values()) {
                for (TestServer node : List.of(nodes.first(), nodes.second())) {
                    List<ApiClient> clients = List.of(
                            node.client().bearer(handle),
                            node.client().with("X-Session-Id", handle),
                            node.client().with("Cookie", "latchkey_session=" + handle + "; latchkey_login=" + handle));
                    for (Route route : routes(node)) {
                        if (!isOpen(route)) {
                            clients.forEach(client -> refused(client, route));
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "S1-21 only what a login waits for tells its handle from an invented one, on either node; none signs in")
    void knownToItsOwn(Sharing sharing) {
        try (TwoNodes nodes = nodes(sharing)) {
            Map<Waiting, String> handles = handles(nodes);
            for (TestServer node : List.of(nodes.first(), nodes.second())) {
                handles.forEach((waiting, handle) -> {
                    List<String> told = routes(node).stream()
                            .filter(route -> route.access() instanceof Access.Public)
                            .filter(route -> route.method() != Method.GET)
                            .filter(route -> !seen(node, route, handle).equals(seen(node, route, "A".repeat(43))))
                            .map(route -> route.method() + " " + route.path())
                            .toList();
                    assertThat(told).as(waiting.name()).containsExactlyInAnyOrderElementsOf(waiting.routes);
                });
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "N4 S1-20 of 50 uses of one code at two nodes one signs in; a login begun on one node ends on the other")
    void raceAcrossNodes(Sharing sharing) {
        try (TwoNodes nodes = TwoNodes.sharing(sharing, "limits.enabled", "false")) {
            Person ada = Person.registered(nodes.first(), "ada@example.com");
            AuthenticatorApp app = enrol(ada, nodes);
            nodes.clock().advance(Duration.ofSeconds(60));
            String handle = ada.login().text("/mfaToken");
            Map<String, String> body = Map.of("mfaToken", handle, "code", app.code());

            List<Answer> answers = Race.of(50, () -> nodes.next().client().post("/api/v1/mfa/verify", body));

            assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
            assertThat(answers)
                    .filteredOn(answer -> answer.status() != 200)
                    .extracting(Answer::code)
                    .isSubsetOf("INVALID_MFA_CODE", "LOGIN_EXPIRED");
        }
    }

    private static TwoNodes nodes(Sharing sharing) {
        return TwoNodes.sharing(
                sharing,
                "server.public-url",
                "http://localhost:3001",
                "mfa.required-roles",
                "ADMIN",
                "mfa.sms.enabled",
                "true",
                "limits.enabled",
                "false");
    }

    /** One of each kind of login under way, begun on the first node. */
    private static Map<Waiting, String> handles(TwoNodes nodes) {
        Person ada = Person.registered(nodes.first(), "ada@example.com");
        enrol(ada, nodes);
        Person bob = Person.registered(nodes.first(), "bob@example.com");
        nodes.first().grant(bob.email(), "ADMIN");
        Answer mailed = nodes.first().client().post("/api/v1/auth/magic-link", Map.of("email", ada.email()));
        Map<Waiting, String> handles = new EnumMap<>(Waiting.class);
        handles.put(Waiting.FOR_A_FACTOR, ada.login().text("/mfaToken"));
        handles.put(Waiting.FOR_ENROLMENT, bob.login().text("/mfaToken"));
        handles.put(Waiting.FOR_A_MAILED_CODE, mailed.text("/loginToken"));
        assertThat(handles.values()).allMatch(handle -> handle.length() == 43);
        return handles;
    }

    /** What the route answers to this handle under every name that a body may give it. */
    private static String seen(TestServer node, Route route, String handle) {
        Map<String, Object> body = new LinkedHashMap<>();
        NAMES.forEach(name -> body.put(name, handle));
        body.put("code", "000000");
        body.put("newPassword", "lamp-Meadow-77-oboe");
        // What a passkey's making and its use answer, in one.
        Map<String, String> signed = Map.of(
                "clientDataJSON",
                "AAAA",
                "authenticatorData",
                "AAAA",
                "signature",
                "AAAA",
                "attestationObject",
                "AAAA");
        body.put("response", Map.of("id", "AAAA", "rawId", "AAAA", "type", "public-key", "response", signed));
        String path = route.path().replaceAll("\\{[a-z]+}", ID);
        ApiClient client = node.client().with("Cookie", "latchkey_login=" + handle);
        Answer answer = route.shape() == ErrorShape.PAGE
                ? client.form(path, Map.of("token", handle, "code", "000000", "newPassword", "lamp-Meadow-77-oboe"))
                : client.raw(
                        route.method().name(),
                        path,
                        "application/json",
                        JsonMapper.shared().writeValueAsBytes(body));
        assertThat(answer.body()).as(path).doesNotContain("access_token");
        assertThat(answer.cookies()).as(path).noneMatch(cookie -> cookie.matches("latchkey_session=[^;]+.*"));
        String code = route.shape() == ErrorShape.PAGE || answer.body().isEmpty() ? "" : answer.code();
        return answer.status() + " " + code + " " + answer.header("Location");
    }

    private static List<Route> routes(TestServer node) {
        return node.app().server().routes().routes();
    }

    private static boolean isOpen(Route route) {
        return route.access() instanceof Access.Public || route.access() instanceof Access.Development;
    }

    private static void refused(ApiClient client, Route route) {
        String path = route.path().replaceAll("\\{[a-z]+}", ID);
        Answer answer = client.raw(route.method().name(), path, "", new byte[0]);
        assertThat(answer.asksForLogin(route)).as(route.method() + " " + path).isTrue();
    }

    private static AuthenticatorApp enrol(Person person, TwoNodes nodes) {
        Answer setup = person.client().post("/api/v1/mfa/setup", Map.of());
        AuthenticatorApp app = new AuthenticatorApp(setup.text("/secret"), nodes.clock());
        Answer enabled = person.client().post("/api/v1/mfa/enable", Map.of("code", app.code()));
        assertThat(enabled.status()).as(enabled.body()).isEqualTo(200);
        return app;
    }
}
