package dev.latchkey.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import tools.jackson.databind.JsonNode;

/** The audit trail as administrators read it over HTTP. */
class AuditListTest {
    private static final String AUDIT = "/api/v1/audit";

    @BothEngines
    @DisplayName("S0-42 administrators list events page by page and narrow them; nobody else may")
    void list(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            assertThat(ada.client().get(AUDIT).status()).isEqualTo(403);
            assertThat(ada.anonymous().get(AUDIT).status()).isEqualTo(401);
            server.grant("ada@example.com", "ADMIN");
            clock.advance(Duration.ofSeconds(1));
            assertThat(ada.login("wrong-" + Person.PASSWORD).status()).isEqualTo(401);
            ApiClient admin = ada.loggedIn().client().from("127.0.0.1");

            // The first block makes its signing key, which is an event too; it must not come between two pages.
            server.app().services().auditSealer.seal();

            Answer all = admin.get(AUDIT);
            assertThat(all.status()).as(all.body()).isEqualTo(200);
            assertThat(names(all)).contains("user.registered.v1", "login.failed.v1", "login.succeeded.v1");
            assertThat(all.body()).doesNotContain(Person.PASSWORD);

            Answer failed = admin.get(AUDIT + "?name=login.failed.v1&user=" + ada.id());
            assertThat(names(failed)).containsExactly("login.failed.v1");
            assertThat(failed.data("/0/action").asString()).isEqualTo("LOGIN");
            assertThat(failed.data("/0/outcome").asString()).isEqualTo("failure");
            assertThat(failed.data("/0/userId").asString()).isEqualTo(ada.id());
            assertThat(failed.data("/0/ip").asString()).startsWith("198.");

            assertThat(pagedNames(admin)).containsExactlyElementsOf(names(all));
        }
    }

    @BothEngines
    @DisplayName("a filter that cannot be meant is 422 and says what to send")
    void refusesNonsense(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            server.grant("ada@example.com", "ADMIN");
            ApiClient admin = ada.loggedIn().client().from("127.0.0.1");
            for (String query : List.of("limit=0", "limit=x", "user=1", "name=nothing", "from=yesterday", "cursor='")) {
                Answer answer = admin.get(AUDIT + "?" + query);
                assertThat(answer.status()).as(query + answer.body()).isEqualTo(422);
                assertThat(answer.json().at("/error/details/0/field").asString())
                        .isEqualTo(query.substring(0, query.indexOf('=')));
            }
        }
    }

    private static List<String> pagedNames(ApiClient admin) {
        List<String> names = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = admin.get(AUDIT + "?limit=2" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            assertThat(page.status()).as(page.body()).isEqualTo(200);
            names.addAll(names(page));
            cursor = page.json().at("/pagination/cursor").asString("");
        } while (!cursor.isEmpty());
        return names;
    }

    private static List<String> names(Answer answer) {
        return answer.data("")
                .valueStream()
                .map(event -> event.get("name"))
                .map(JsonNode::asString)
                .toList();
    }
}
