package dev.latchkey.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.http.Access;
import dev.latchkey.http.Route;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestReporter;

/** Every route of the server, called by those who may not and with what nobody should send. */
class RouteSweepTest {
    private static final String ID = "00000000-0000-7000-8000-000000000000";
    /** Two processors have something to do while the others wait for the database. */
    private static final int LANES = 4;

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
                    case Access.Public open ->
                        assertThat(anonymous.status()).as(name).isNotIn(401, 403);
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
                database,
                clock,
                "limits.enabled",
                "false",
                "mfa.sms.enabled",
                "true",
                "password.hashing-waiting-per-address",
                "100")) {
            ApiDescription description = ApiDescription.of(server);
            Queue<Consumer<Sweeper>> left = new ConcurrentLinkedQueue<>(List.of(Sweeper::headers));
            routes(server).stream()
                    .filter(route -> !(route.access() instanceof Access.Development) && !isAnotherName(route))
                    .forEach(route -> left.add(sweeper -> sweeper.sweep(route)));
            List<Sweeper> sweepers = Race.of(LANES, () -> {
                Sweeper sweeper = new Sweeper(server, clock, description);
                for (Consumer<Sweeper> next = left.poll(); next != null; next = left.poll()) {
                    next.accept(sweeper);
                }
                return sweeper;
            });
            assertThat(sweepers).flatExtracting(Sweeper::wrong).isEmpty();
            int sent = sweepers.stream().mapToInt(Sweeper::sent).sum();
            reporter.publishEntry("requests", Integer.toString(sent));
        }
    }

    private static List<Route> routes(TestServer server) {
        return server.app().server().routes().routes();
    }

    private static boolean isAnotherName(Route route) {
        return route.path().startsWith("/api/v1/users") || route.path().endsWith("/signup");
    }
}
