package dev.latchkey.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.TwoNodes.Sharing;
import dev.latchkey.http.Access;
import dev.latchkey.http.Route;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HalfAuthenticatedSweepTest {
    private static final String ID = "00000000-0000-7000-8000-000000000000";

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "S1-21 the handle of a login that waits for a second factor opens no route, on no node, as no credential")
    void opensNothing(Sharing sharing) {
        try (TwoNodes nodes = TwoNodes.sharing(sharing, "limits.enabled", "false")) {
            Person ada = Person.registered(nodes.first(), "ada@example.com");
            enrol(ada, nodes);
            String handle = ada.login().text("/mfaToken");
            assertThat(handle).isNotEmpty();
            for (TestServer node : List.of(nodes.first(), nodes.second())) {
                List<ApiClient> clients = List.of(
                        node.client().bearer(handle),
                        node.client().with("X-Session-Id", handle),
                        node.client().with("Cookie", "latchkey_session=" + handle + "; latchkey_login=" + handle));
                for (Route route : node.app().server().routes().routes()) {
                    boolean open =
                            route.access() instanceof Access.Public || route.access() instanceof Access.Development;
                    if (!open) {
                        clients.forEach(client -> refused(client, route));
                    }
                }
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
