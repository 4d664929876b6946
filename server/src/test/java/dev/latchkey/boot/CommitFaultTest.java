package dev.latchkey.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.MutableClock;
import dev.latchkey.db.Engine;
import dev.latchkey.db.FaultyDatabase;
import dev.latchkey.db.FaultyDatabase.Fault;
import dev.latchkey.db.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A COMMIT whose outcome nobody knows, under the whole server. */
class CommitFaultTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String NEXT_PASSWORD = "lamp-Meadow-77-oboe";
    private static final String AUTH = "/api/v1/auth/";
    private static final String MARK = "while-commits-fail";

    private TestDatabase files;
    private FaultyDatabase faulty;
    private TestServer server;
    private Person ada;
    private Person bob;

    @BeforeEach
    void start() {
        files = TestDatabase.on(Engine.SQLITE);
        faulty = new FaultyDatabase(files.config());
        server = TestServer.over(faulty.database(), files, new MutableClock(), "limits.enabled", "false");
        ada = Person.registered(server, "ada@example.com");
        bob = Person.registered(server, "bob@example.com");
    }

    @AfterEach
    void stop() {
        faulty.heal();
        server.close();
        files.close();
    }

    @Test
    @DisplayName("design 4: a COMMIT that was undone acknowledges nobody, and leaves nothing behind")
    void undone() {
        faulty.failCommits(Fault.UNDONE);

        assertThat(writes()).allSatisfy(CommitFaultTest::isNotAcknowledged);
        assertThat(ada.me().status()).as("reading goes on").isEqualTo(200);
        await(() -> !isReady());
        assertThat(server.client().get("/health/live").status()).isEqualTo(200);

        faulty.heal();
        await(this::isReady);
        assertThat(eventsOfMarked()).isEmpty();
        assertThat(ada.me().status()).as("nobody was logged out").isEqualTo(200);
        assertThat(ada.login(NEXT_PASSWORD).status()).isEqualTo(401);
        assertThat(ada.login().status()).as("no password was changed").isEqualTo(200);
        assertThat(server.client()
                        .post("/api/v1/auth/login", Map.of("email", "eve@example.com", "password", Person.PASSWORD))
                        .status())
                .as("nobody was signed up")
                .isEqualTo(401);
        assertThat(ada.refresh().status()).as("no token was spent").isEqualTo(200);
        assertThat(bob.refresh().status()).as("no token was spent").isEqualTo(200);
    }

    @Test
    @DisplayName(
            "design 4: a COMMIT that was done but not confirmed acknowledges nobody, and what it revoked stays revoked")
    void done() {
        String spent = ada.refreshToken();
        unconfirmed("token.refreshed.v1", () -> refresh(ada));
        unconfirmed("session.logged-out.v1", () -> logout(bob));

        Answer reuse = ada.anonymous().post("/api/v1/auth/refresh", Map.of("refresh_token", spent));
        assertThat(reuse.code()).as("a token that was spent stays spent").isEqualTo("TOKEN_REUSE_DETECTED");
        assertThat(bob.refresh().code())
                .as("a session that was ended stays ended")
                .isEqualTo("TOKEN_REVOKED");
        // The transaction told this node nothing; the change log does, as it tells other nodes.
        await(() -> bob.me().code().equals("TOKEN_REVOKED"));
    }

    /** Until it was this write that met the fault, and not some work in the background. */
    private void unconfirmed(String event, Supplier<Answer> write) {
        await(() -> {
            faulty.failCommits(Fault.DONE);
            isNotAcknowledged(write.get());
            faulty.heal();
            // Readiness is remembered for half a second, so it may still speak of the time before.
            await(faulty.database()::writable);
            return eventsOfMarked().contains(event);
        });
    }

    /** Four of each kind of write, at once. */
    private List<Answer> writes() {
        Map<String, String> eve = Map.of("email", "eve@example.com", "password", Person.PASSWORD);
        List<Supplier<Answer>> kinds = List.of(
                () -> marked(server.client()).post(AUTH + "register", eve),
                () -> refresh(bob),
                () -> logout(ada),
                () -> login(Person.PASSWORD),
                () -> login("wrong-password-1"),
                () -> marked(server.client()).post(AUTH + "forgot-password", Map.of("email", ada.email())),
                () -> marked(ada.client())
                        .post(
                                AUTH + "change-password",
                                Map.of("currentPassword", Person.PASSWORD, "newPassword", NEXT_PASSWORD)));
        AtomicInteger next = new AtomicInteger();
        return Race.of(
                4 * kinds.size(),
                () -> kinds.get(next.getAndIncrement() % kinds.size()).get());
    }

    private Answer login(String password) {
        return marked(server.client()).post(AUTH + "login", Map.of("email", ada.email(), "password", password));
    }

    private Answer refresh(Person person) {
        return marked(server.client()).post(AUTH + "refresh", Map.of("refresh_token", person.refreshToken()));
    }

    private Answer logout(Person person) {
        return marked(person.client()).post(AUTH + "logout");
    }

    /** A request that the trail can be searched for. */
    private static ApiClient marked(ApiClient client) {
        return client.with("X-Request-Id", MARK);
    }

    private List<String> eventsOfMarked() {
        return server.app()
                .services()
                .database
                .read(sql -> sql.handle()
                        .createQuery("SELECT name FROM audit_event WHERE request_id = :mark")
                        .bind("mark", MARK)
                        .mapTo(String.class)
                        .list());
    }

    private boolean isReady() {
        return server.client().get("/health/ready").status() == 200;
    }

    private static void isNotAcknowledged(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("SERVICE_UNAVAILABLE");
        assertThat(answer.header("Retry-After")).isNotEmpty();
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
        }
    }
}
