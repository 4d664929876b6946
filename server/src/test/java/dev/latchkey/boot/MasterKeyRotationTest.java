package dev.latchkey.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.audit.AuditFilter;
import dev.latchkey.audit.AuditRecord;
import dev.latchkey.config.SettingsException;
import dev.latchkey.core.Eventually;
import dev.latchkey.core.MutableClock;
import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.key.ResealReport;
import dev.latchkey.otp.SpendOutcome;
import dev.latchkey.outbox.OutboxMessage;
import dev.latchkey.totp.AuthenticatorApp;
import dev.latchkey.totp.PendingTotp;
import dev.latchkey.totp.TotpOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;

class MasterKeyRotationTest {
    private static final String OLD = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String NEW = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";
    private static final String THIRD = "QEFCQ0RFRkdISUpLTE1OT1BRUlNUVVZXWFlaW1xdXl8=";

    /** Nobody sends it, so it waits in the outbox. */
    private record Waiting(int number) implements OutboxMessage {
        @Override
        public TenantId tenant() {
            return TenantId.MAIN;
        }

        @Override
        public String kind() {
            return "waiting";
        }

        @Override
        public byte[] payload() {
            return new byte[] {(byte) number};
        }

        @Override
        public Optional<Instant> uselessFrom() {
            return Optional.empty();
        }
    }

    @BothEngines
    @DisplayName("design 8 the master key is changed beside a server under load, and the old one is then not needed")
    void rotatesUnderLoad(TestDatabase database, MutableClock clock) throws Exception {
        Person ada;
        try (TestServer before = TestServer.on(database, clock, "master-key", OLD)) {
            ada = Person.registered(before, "ada@example.com");
            enqueue(before, 450);
        }
        try (TestServer server = TestServer.on(
                        database,
                        clock,
                        "master-key",
                        NEW,
                        "master-key-previous",
                        OLD,
                        "token.refresh-grace",
                        "10s",
                        "limits.enabled",
                        "false");
                Operations operations = server.operations()) {
            assertThat(server.app().services().sealer.keyId())
                    .isNotEqualTo(server.app().services().sealer.wantedKeyId());
            AtomicBoolean done = new AtomicBoolean();
            ResealReport report;
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Integer>> load = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    Person person = Person.registered(server, "load" + i + "@example.com");
                    load.add(threads.submit(() -> refreshUntil(done, person)));
                }
                report = operations.reseal((count, all) -> assertThat(count).isLessThanOrEqualTo(all));
                done.set(true);
                for (Future<Integer> one : load) {
                    assertThat(one.get()).isPositive();
                }
            }
            assertThat(report.moved()).isTrue();
            assertThat(report.left()).isZero();
            assertThat(report.sealed()).isGreaterThanOrEqualTo(452);
            assertThat(report.former()).hasSize(1);
            awaitKey(server);
            assertThat(operations.reseal((count, all) -> {}).moved()).isFalse();
        }
        try (TestServer after = TestServer.on(database, clock, "master-key", NEW);
                Operations operations = after.operations()) {
            Person returning = new Person(after, ada.email(), ada.password(), ada.accessToken(), ada.refreshToken());
            assertThat(returning.me().status()).isEqualTo(200);
            assertThat(returning.refresh().status()).isEqualTo(200);
            assertThat(operations
                            .verifyAudit(Optional.empty(), (all, one) -> {})
                            .intact())
                    .isTrue();
            List<AuditRecord> trail = trail(after);
            assertThat(trail).extracting(AuditRecord::name).contains("user.registered.v1", "key.master-changed.v1");
            assertThat(trail).allMatch(event -> event.personal().equals("readable"));
            assertThat(staleValues(after)).isZero();
        }
        assertThatThrownBy(() -> TestServer.on(database, clock, "master-key", OLD))
                .isInstanceOf(SettingsException.class);
    }

    @BothEngines
    @DisplayName("S1-40 failures counted before the master key was changed go on counting; pages keep their CSRF token")
    void hashesSurvive(TestDatabase database, MutableClock clock) {
        String[] both = {"master-key", NEW, "master-key-previous", OLD};
        try (TestServer before = TestServer.on(database, clock, "master-key", OLD)) {
            Person.registered(before, "ada@example.com");
            Person.registered(before, "eve@example.com");
        }
        try (TestServer server = TestServer.on(database, clock, both);
                Operations operations = server.operations()) {
            Answer page = server.client()
                    .post(
                            "/api/v1/auth/login",
                            Map.of("email", "eve@example.com", "password", Person.PASSWORD, "mode", "cookie"));
            assertThat(page.status()).isEqualTo(200);
            for (int i = 0; i < 4; i++) {
                assertThat(login(server, i).status()).isEqualTo(401);
            }
            operations.reseal((count, all) -> {});
            awaitKey(server);

            assertThat(login(server, 4).status()).isEqualTo(401);
            assertThat(login(server, 5).status()).isEqualTo(423);
            ApiClient browser = server.client().with("Cookie", "latchkey_session=" + page.cookie("latchkey_session"));
            assertThat(browser.post("/api/v1/auth/logout").code()).isEqualTo("INVALID_CSRF_TOKEN");
            assertThat(browser.with("X-CSRF-Token", page.text("/csrfToken"))
                            .post("/api/v1/auth/logout")
                            .status())
                    .isEqualTo(204);
        }
    }

    @BothEngines
    @DisplayName(
            "N4 authenticator apps and backup codes from before the master key was changed work with the new one alone")
    void factorsSurvive(TestDatabase database, MutableClock clock) {
        AuthenticatorApp app;
        List<String> codes;
        UserId ada;
        byte[] former;
        try (TestServer before = TestServer.on(database, clock, "master-key", OLD)) {
            Services services = before.app().services();
            ada = new UserId(Person.registered(before, "ada@example.com").id());
            app = AuthenticatorApp.scan(services.totp
                    .begin(TenantId.MAIN, ada, "ada@example.com", "phone")
                    .otpauthUrl());
            Optional<PendingTotp> pending = services.totp.pending(ada);
            services.database.tx(tx -> services.totp.enrol(tx, pending, app.code(clock.instant())));
            codes = services.database.tx(tx -> services.backupCodes.renew(tx, ada));
            enqueue(before, 3);
            former = services.sealer.prefix();
        }
        assertThat(sealedWith(database, former))
                .contains("signing_key.sealed_private", "totp_device.seed", "outbox.payload", "audit_event.personal");
        reseal(database, clock, NEW, OLD);
        assertThat(sealedWith(database, former)).containsExactly("audit_event.personal");
        clock.advance(Duration.ofMinutes(1));
        try (TestServer after = TestServer.on(database, clock, "master-key", NEW)) {
            Services services = after.app().services();
            assertThat(services.database.<TotpOutcome>tx(
                            tx -> services.totp.verify(tx, ada, app.code(clock.instant()))))
                    .isInstanceOf(TotpOutcome.Accepted.class);
            assertThat(services.database.<SpendOutcome>tx(tx -> services.backupCodes.spend(tx, ada, codes.getFirst())))
                    .isInstanceOf(SpendOutcome.Spent.class);
        }
    }

    @BothEngines
    @DisplayName("the audit trail is read and proved after two changes of the master key, with the last one alone")
    void twice(TestDatabase database, MutableClock clock) {
        try (TestServer first = TestServer.on(database, clock, "master-key", OLD)) {
            Person.registered(first, "ada@example.com");
        }
        reseal(database, clock, NEW, OLD);
        reseal(database, clock, THIRD, NEW);
        try (TestServer last = TestServer.on(database, clock, "master-key", THIRD);
                Operations operations = last.operations()) {
            assertThat(trail(last)).allMatch(event -> event.personal().equals("readable"));
            assertThat(operations
                            .verifyAudit(Optional.empty(), (all, one) -> {})
                            .intact())
                    .isTrue();
        }
    }

    @BothEngines
    @DisplayName("a server that lacks the new master key goes on with the old one and asks for no traffic")
    void aServerLeftBehind(TestDatabase database, MutableClock clock) {
        try (TestServer behind = TestServer.on(database, clock, "master-key", OLD)) {
            Person ada = Person.registered(behind, "ada@example.com");
            try (Operations operations = new Operations(
                    TestServer.configuration(database, "master-key", NEW, "master-key-previous", OLD), clock)) {
                assertThat(operations.reseal((count, all) -> {}).moved()).isTrue();
            }
            Answer ready = behind.client().get("/health/ready");
            long start = System.nanoTime();
            while (ready.status() == 200
                    && System.nanoTime() - start < Duration.ofSeconds(10).toNanos()) {
                ready = behind.client().get("/health/ready");
            }
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ada.refresh().status()).isEqualTo(200);
        }
    }

    private static void reseal(TestDatabase database, MutableClock clock, String key, String previous) {
        try (TestServer server = TestServer.on(database, clock, "master-key", key, "master-key-previous", previous);
                Operations operations = server.operations()) {
            assertThat(operations.reseal((count, all) -> {}).left()).isZero();
            awaitKey(server);
            Person.registered(server, key.substring(0, 4) + "@example.com");
        }
    }

    private static int refreshUntil(AtomicBoolean done, Person person) {
        int refreshed = 0;
        Person now = person;
        while (!done.get()) {
            Answer answer = now.refresh();
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            now = now.with(answer);
            assertThat(now.me().status()).isEqualTo(200);
            refreshed++;
        }
        return refreshed;
    }

    private static Answer login(TestServer server, int number) {
        return server.client()
                .from("203.0.113." + number)
                .post("/api/v1/auth/login", Map.of("email", "ada@example.com", "password", "wrong-password-1"));
    }

    /** Until the server has heard. */
    private static void awaitKey(TestServer server) {
        Services services = server.app().services();
        Eventually.holds(
                "the sealer takes the new key", () -> services.sealer.keyId().equals(services.sealer.wantedKeyId()));
    }

    private static void enqueue(TestServer server, int messages) {
        Services services = server.app().services();
        services.database.tx(tx -> {
            for (int i = 0; i < messages; i++) {
                services.outbox.enqueue(tx, new Waiting(i));
            }
            return messages;
        });
    }

    /** Every column of any table that holds a value under this master key. */
    private static List<String> sealedWith(TestDatabase database, byte[] prefix) {
        String columns = switch (database.engine()) {
            case SQLITE ->
                "SELECT t.name || '.' || c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c"
                        + " WHERE t.type = 'table' AND c.type = 'BLOB' ORDER BY 1";
            case POSTGRESQL ->
                "SELECT table_name || '.' || column_name FROM information_schema.columns"
                        + " WHERE table_schema = 'public' AND data_type = 'bytea' ORDER BY 1";
        };
        return database.database()
                .read(sql -> sql.handle().createQuery(columns).mapTo(String.class).list().stream()
                        .filter(column -> {
                            String[] names = column.split("\\.");
                            return sql.handle()
                                            .createQuery("SELECT COUNT(*) FROM " + names[0] + " WHERE substr("
                                                    + names[1] + ", 1, :length) = :prefix")
                                            .bind("length", prefix.length)
                                            .bind("prefix", prefix)
                                            .mapTo(long.class)
                                            .one()
                                    > 0;
                        })
                        .toList());
    }

    private static long staleValues(TestServer server) {
        Services services = server.app().services();
        return services.masterKeys.stale(services.sealedTables());
    }

    private static List<AuditRecord> trail(TestServer server) {
        return server.app()
                .services()
                .auditReader
                .list(AuditFilter.everything(TenantId.MAIN), Optional.empty(), 10_000)
                .events();
    }
}
