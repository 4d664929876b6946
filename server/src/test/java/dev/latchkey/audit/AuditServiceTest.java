package dev.latchkey.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.MutableClock;
import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.Engine;
import dev.latchkey.db.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AuditServiceTest {
    @BothEngines
    @DisplayName("S0-42 an event keeps who, what, when, from where, and whether it came about")
    void records(TestDatabase test, MutableClock clock) {
        TestTrail trail = new TestTrail(test.database(), clock);
        UserId user = trail.user();
        trail.record(SecurityEvent.of(EventType.LOGIN_SUCCEEDED, TestTrail.request())
                .byUser(user)
                .with(Detail.METHOD, "password"));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        assertThat(trail.all()).singleElement().satisfies(event -> {
            assertThat(event.name()).isEqualTo("login.succeeded.v1");
            assertThat(event.action()).isEqualTo("LOGIN");
            assertThat(event.owaspName()).contains("authn_login_success");
            assertThat(event.at()).isEqualTo(now);
            assertThat(event.outcome()).isEqualTo("success");
            assertThat(event.userId()).contains(user.value());
            assertThat(event.actorKind()).isEqualTo("user");
            assertThat(event.actorId()).contains(user.value());
            assertThat(event.requestId()).isEqualTo("request-1");
            assertThat(event.ip()).contains(TestTrail.IP);
            assertThat(event.userAgent()).contains(TestTrail.USER_AGENT);
            assertThat(event.details()).containsExactlyEntriesOf(Map.of("method", "password"));
            assertThat(event.personal()).isEqualTo("readable");
        });
    }

    @BothEngines
    @DisplayName("a use case that rolls back leaves no event")
    void rollsBack(TestDatabase test, MutableClock clock) {
        TestTrail trail = new TestTrail(test.database(), clock);
        assertThatThrownBy(() -> trail.database.tx(tx -> {
                    trail.audit.record(tx, TestTrail.login());
                    throw new IllegalStateException("refused");
                }))
                .hasMessage("refused");
        assertThat(trail.count("audit_event")).isZero();
    }

    @BothEngines
    @DisplayName("consequences run in the recording transaction, and roll back with it and it with them")
    void consequences(TestDatabase test, MutableClock clock) {
        TestTrail trail = new TestTrail(test.database(), clock);
        UserId user = trail.user();
        SecurityEvent change = SecurityEvent.of(EventType.PASSWORD_CHANGED, TestTrail.request())
                .byUser(user);
        AuditService cascading = trail.service((tx, event) -> trail.audit.record(tx, TestTrail.login()));
        trail.database.tx(tx -> {
            cascading.record(tx, change);
            return 1;
        });
        assertThat(trail.count("audit_event")).isEqualTo(2);

        AuditService failing = trail.service((tx, event) -> {
            trail.audit.record(tx, TestTrail.login());
            throw new IllegalStateException("a consequence failed");
        });
        assertThatThrownBy(() -> trail.database.tx(tx -> {
                    failing.record(tx, change);
                    return 1;
                }))
                .hasMessage("a consequence failed");
        assertThat(trail.count("audit_event")).isEqualTo(2);
    }

    @BothEngines
    @DisplayName("consequences follow the events that raise them, and only those")
    void onlyFlagged(TestDatabase test, MutableClock clock) {
        TestTrail trail = new TestTrail(test.database(), clock);
        trail.record(TestTrail.login());
        assertThat(trail.followed).isEmpty();
        SecurityEvent disabled =
                SecurityEvent.of(EventType.USER_DISABLED, TestTrail.request()).about(trail.user());
        trail.record(disabled);
        assertThat(trail.followed).containsExactly(disabled);
    }

    @Test
    @DisplayName("a refused try cannot pass as an event that has consequences")
    void refusedHasItsOwnType() {
        assertThatThrownBy(() -> SecurityEvent.of(EventType.PASSWORD_CHANGED, TestTrail.request())
                        .failed("wrong_password"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @BothEngines
    @DisplayName("erasing a user's salt makes address, agent and details unreadable; the row and the chain stay")
    void erasure(TestDatabase test, MutableClock clock) {
        TestTrail trail = new TestTrail(test.database(), clock);
        UserId user = trail.user();
        trail.record(
                SecurityEvent.of(EventType.LOGIN_SUCCEEDED, TestTrail.request()).byUser(user));
        trail.background.seal();
        trail.salts.remove(user);
        assertThat(trail.all()).singleElement().satisfies(event -> {
            assertThat(event.personal()).isEqualTo("erased");
            assertThat(event.ip()).isEmpty();
            assertThat(event.details()).isEmpty();
            assertThat(event.userId()).contains(user.value());
        });
        assertThat(trail.verify().findings()).isEmpty();
        assertThat(trail.verify().rows()).isEqualTo(1);
    }

    @BothEngines
    @DisplayName("an event about a user who is already erased keeps no address")
    void afterErasure(TestDatabase test, MutableClock clock) {
        TestTrail trail = new TestTrail(test.database(), clock);
        UserId erased = new UserId(trail.secrets.uuid());
        trail.record(SecurityEvent.of(EventType.ACCOUNT_DELETED, TestTrail.request())
                .about(erased)
                .with(Detail.REASON, "own_wish"));
        assertThat(trail.all()).singleElement().satisfies(event -> {
            assertThat(event.ip()).isEmpty();
            assertThat(event.userAgent()).isEmpty();
            assertThat(event.details()).containsEntry("reason", "own_wish");
        });
    }

    @BothEngines
    @DisplayName("a row moved to another place or user does not open")
    void tiedToItsPlace(TestDatabase test, MutableClock clock) {
        TestTrail trail = new TestTrail(test.database(), clock);
        trail.recordLogins(2);
        trail.tamper("UPDATE audit_event SET personal = (SELECT personal FROM audit_event ORDER BY id LIMIT 1)");
        assertThat(trail.all()).extracting(AuditRecord::personal).containsExactly("broken", "readable");
    }

    @BothEngines
    @DisplayName("V16.2 what speaks of a person, and a mistyped login name, cannot be read in the database")
    void nothingReadable(TestDatabase test, MutableClock clock) throws IOException {
        TestTrail trail = new TestTrail(test.database(), clock);
        String typed = "hunter2-typed-as-a-name";
        trail.record(TestTrail.login()
                .with(Detail.NAME_HASH, trail.audit.nameHash(TenantId.MAIN, typed))
                .with("planted", "planted-detail-value"));
        trail.record(SecurityEvent.of(EventType.LOGIN_SUCCEEDED, TestTrail.request())
                .byUser(trail.user())
                .with("planted", "planted-detail-value"));
        trail.background.seal();
        List<String> stored = test.engine() == Engine.SQLITE ? files(test) : rows(trail);
        assertThat(stored)
                .isNotEmpty()
                .allSatisfy(content -> assertThat(content)
                        .doesNotContain(TestTrail.IP, TestTrail.USER_AGENT, "planted-detail-value", typed));
        assertThat(String.join("", stored)).contains("login.failed.v1");
    }

    @BothEngines
    @DisplayName("the hash of a name is the same for the same name, and another in another tenant")
    void nameHash(TestDatabase test, MutableClock clock) {
        TestTrail trail = new TestTrail(test.database(), clock);
        String hash = trail.audit.nameHash(TenantId.MAIN, "a@example.com");
        assertThat(hash).hasSize(43).isEqualTo(trail.audit.nameHash(TenantId.MAIN, "a@example.com"));
        assertThat(trail.audit.nameHash(new TenantId("other"), "a@example.com")).isNotEqualTo(hash);
        assertThat(trail.audit.nameHash(TenantId.MAIN, "b@example.com")).isNotEqualTo(hash);
    }

    private static List<String> files(TestDatabase test) throws IOException {
        String file = test.database()
                .read(sql -> sql.handle()
                        .createQuery("SELECT file FROM pragma_database_list WHERE name = 'main'")
                        .mapTo(String.class)
                        .one());
        try (Stream<Path> beside = Files.list(Path.of(file).getParent())) {
            List<Path> paths = beside.filter(
                            path -> path.getFileName().toString().startsWith("latchkey.db"))
                    .filter(path -> !path.toString().endsWith("-shm"))
                    .toList();
            Map<Path, String> contents = new HashMap<>();
            for (Path path : paths) {
                contents.put(path, new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1));
            }
            // One text, because what is written may still stand in the write-ahead log alone.
            return List.of(String.join("", contents.values()));
        }
    }

    private static List<String> rows(TestTrail trail) {
        return trail.rowsOf(1).stream()
                .map(row -> row.name()
                        + row.requestId()
                        + row.user()
                        + row.actorId()
                        + Optional.of(new String(row.personal(), StandardCharsets.ISO_8859_1)))
                .toList();
    }
}
