package dev.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

class UserAdministrationTest {
    private static final String USERS = "/api/v1/user-management";

    @BothEngines
    @DisplayName("S4-07 V8.2.1 administration needs the role; a role given takes effect at once")
    void needsRole(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            assertThat(server.client().get(USERS).status()).isEqualTo(401);
            assertThat(ada.client().get(USERS).code()).isEqualTo("FORBIDDEN");
            assertThat(ada.client().get(USERS).code()).isEqualTo("FORBIDDEN");
            assertThat(server.auditNames()).containsOnlyOnce("access.refused.v1");

            server.grant(ada.email(), "ADMIN");

            assertThat(ada.client().get(USERS).status()).isEqualTo(200);
            // PostgreSQL takes no NUL in a text, and no input may end in a 500.
            assertThat(ada.client().get(USERS + "?email=%00").code()).isEqualTo("INVALID_REQUEST");
        }
    }

    @BothEngines
    @DisplayName("V7.4.2 a disabled user's session, refresh and cached token stop at once; enabling brings none back")
    void disable(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person admin = administrator(server);
            Person eve = Person.registered(server, "eve@example.com");
            String id = eve.id();

            assertThat(admin.client().post(USERS + "/" + id + "/disable").status())
                    .isEqualTo(200);

            assertThat(eve.me().code()).isEqualTo("TOKEN_REVOKED");
            assertThat(eve.refresh().code()).isEqualTo("TOKEN_REVOKED");
            assertThat(eve.login().code()).isEqualTo("ACCOUNT_DISABLED");
            assertThat(eve.login("wrong-password-1").code()).isEqualTo("INVALID_CREDENTIALS");
            assertThat(admin.client().post(USERS + "/" + id + "/enable").status())
                    .isEqualTo(200);
            assertThat(eve.me().code()).isEqualTo("TOKEN_REVOKED");
            assertThat(eve.login().status()).isEqualTo(200);
        }
    }

    @BothEngines
    @DisplayName("V6.4.6 an invited user sets the password by mail and is verified by that")
    void invite(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person admin = administrator(server);

            Answer invited = admin.client()
                    .post(USERS, Map.of("email", "bob@example.com", "name", "Bob", "roles", List.of("developer")));

            assertThat(invited.status()).as(invited.body()).isEqualTo(201);
            assertThat(invited.data("/user/roles").toString()).isEqualTo("[\"developer\"]");
            String token = server.mails().token("bob@example.com", "reset-password");
            server.client()
                    .post("/api/v1/auth/reset-password", Map.of("token", token, "newPassword", "lamp-Meadow-77-oboe"));
            Answer login = server.client()
                    .post("/api/v1/auth/login", Map.of("email", "bob@example.com", "password", "lamp-Meadow-77-oboe"));
            assertThat(login.data("/user/emailVerified").asBoolean()).isTrue();
            assertThat(login.text("/user/name")).isEqualTo("Bob");
        }
    }

    @BothEngines
    @DisplayName("V7.5.1 making an administrator needs a recent login; making a user does not")
    void administratorsNeedRecentLogin(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "token.access-ttl", "1h")) {
            Person admin = administrator(server);
            clock.advance(Duration.ofMinutes(15).plusSeconds(1));
            for (String role : List.of("ADMIN", "ENTERPRISE_ADMIN")) {
                assertThat(invite(admin, role + "@example.com", role).code()).isEqualTo("REAUTHENTICATION_REQUIRED");
            }
            assertThat(invite(admin, "bob@example.com", "developer").status()).isEqualTo(201);

            Person again =
                    admin.with(admin.client().post("/api/v1/auth/reauthenticate", Map.of("password", Person.PASSWORD)));

            assertThat(invite(again, "second@example.com", "ADMIN").status()).isEqualTo(201);
        }
    }

    private static Answer invite(Person admin, String email, String role) {
        return admin.client().post(USERS, Map.of("email", email, "roles", List.of(role)));
    }

    @BothEngines
    @DisplayName("S1-40 an administrator unlocks a locked user")
    void unlock(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person admin = administrator(server);
            Person eve = Person.registered(server, "eve@example.com");
            for (int i = 0; i < 5; i++) {
                eve.login("wrong-password-" + i);
            }

            admin.client().post(USERS + "/" + eve.id() + "/unlock");

            Answer elsewhere = server.client()
                    .from("203.0.113.4")
                    .post("/api/v1/auth/login", Map.of("email", eve.email(), "password", Person.PASSWORD));
            assertThat(elsewhere.status()).as(elsewhere.body()).isEqualTo(200);
        }
    }

    @BothEngines
    @DisplayName("the last administrator can neither be disabled nor delete itself")
    void lastAdministrator(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person admin = administrator(server);

            assertThat(admin.client()
                            .post(USERS + "/" + admin.id() + "/disable")
                            .status())
                    .isEqualTo(409);
            assertThat(admin.client()
                            .delete("/api/v1/auth/me", Map.of("password", Person.PASSWORD))
                            .status())
                    .isEqualTo(409);
            assertThat(admin.me().status()).isEqualTo(200);
        }
    }

    @BothEngines
    @DisplayName("S3-02 users page by cursor and by number, newest first, and filter by the start of the address")
    void pages(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person admin = administrator(server);
            for (int i = 0; i < 5; i++) {
                clock.advance(Duration.ofSeconds(1));
                Person.registered(server, "user" + i + "@example.com");
            }

            Answer first = admin.client().get(USERS + "?limit=2");
            String cursor = first.json().at("/pagination/cursor").asString();
            Answer second = admin.client().get(USERS + "?limit=2&cursor=" + cursor);

            assertThat(first.text("/0/email")).isEqualTo("user4@example.com");
            assertThat(second.text("/0/email")).isEqualTo("user2@example.com");
            assertThat(admin.client().get(USERS + "?limit=2&page=2").data("")).isEqualTo(second.data(""));
            assertThat(admin.client().get(USERS + "?email=USER3").data("").size())
                    .isEqualTo(1);
            assertThat(admin.client().get(USERS + "?cursor=nonsense").status()).isEqualTo(422);
            assertThat(admin.client()
                            .get(USERS + "?email=user&cursor=" + cursor)
                            .status())
                    .isEqualTo(422);
            assertThat(admin.client().get(USERS + "?limit=0").status()).isEqualTo(422);
        }
    }

    @BothEngines
    @DisplayName("S3-02 a search by the start of the address pages in the order of addresses, each user once")
    void search(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person admin = administrator(server);
            for (String name : List.of("berta", "anna+b", "ann", "änne", "annz", "anna")) {
                clock.advance(Duration.ofSeconds(1));
                Person.registered(server, name + "@example.com");
            }

            List<String> found = new ArrayList<>();
            String cursor = "";
            do {
                Answer page = admin.client().get(USERS + "?limit=1&email=Ann" + cursor);
                found.add(page.text("/0/email"));
                cursor = page.json().at("/pagination/cursor").asString("");
                cursor = cursor.isEmpty() ? "" : "&cursor=" + cursor;
            } while (!cursor.isEmpty() && found.size() < 10);

            assertThat(found)
                    .containsExactly("ann@example.com", "anna+b@example.com", "anna@example.com", "annz@example.com");
            assertThat(admin.client().get(USERS + "?email=ann&limit=3&page=2").text("/0/email"))
                    .isEqualTo("annz@example.com");
            assertThat(admin.client().get(USERS + "?email=%C3%A4").text("/0/email"))
                    .isEqualTo("änne@example.com");
            assertThat(admin.client()
                            .get(USERS + "?email=ann&cursor=not_an_address")
                            .status())
                    .isEqualTo(422);
        }
    }

    @BothEngines
    @DisplayName("S3-10 with an allow-list administration is refused from elsewhere, and that is on record")
    void allowList(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "admin.allowed-addresses", "192.0.2.0/24")) {
            Person admin = administrator(server);

            assertThat(admin.client().get(USERS).status()).isEqualTo(403);
            assertThat(server.auditNames()).contains("access.admin-address-refused.v1");
            assertThat(admin.client().from("192.0.2.7").get(USERS).status()).isEqualTo(200);
        }
    }

    private static Person administrator(TestServer server) {
        Person admin = Person.registered(server, "admin@example.com");
        server.grant(admin.email(), "ADMIN");
        return admin;
    }
}
