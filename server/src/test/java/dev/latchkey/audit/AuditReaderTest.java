package dev.latchkey.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.EventId;
import dev.latchkey.core.MutableClock;
import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;

class AuditReaderTest {
    private static final AuditFilter ALL = AuditFilter.everything(TenantId.MAIN);

    @BothEngines
    @DisplayName("pages follow one another without a gap or a repeat, newest first")
    void pages(TestDatabase test, MutableClock clock) {
        TestTrail trail = new TestTrail(test.database(), clock);
        trail.recordLogins(7);
        List<String> read = new ArrayList<>();
        Optional<EventId> cursor = Optional.empty();
        for (int size : List.of(3, 3, 1)) {
            AuditPage page = trail.reader.list(ALL, cursor, 3);
            assertThat(page.events()).hasSize(size);
            page.events().forEach(event -> read.add(event.id()));
            cursor = page.next();
        }
        assertThat(cursor).isEmpty();
        assertThat(read).doesNotHaveDuplicates().hasSize(7).isSortedAccordingTo((a, b) -> b.compareTo(a));
    }

    @BothEngines
    @DisplayName("a page asks for each user's salt once, however many events are theirs, and every page anew")
    void saltsOnce(TestDatabase test, MutableClock clock) {
        TestTrail trail = new TestTrail(test.database(), clock);
        UserId ada = trail.user();
        UserId bob = trail.user();
        for (int i = 0; i < 5; i++) {
            trail.record(
                    SecurityEvent.of(EventType.LOGGED_OUT, TestTrail.request()).byUser(ada));
            trail.record(
                    SecurityEvent.of(EventType.LOGGED_OUT, TestTrail.request()).byUser(bob));
        }
        List<UserId> asked = new ArrayList<>();
        AuditReader reader = new AuditReader(trail.database, trail.sealer, (sql, user) -> {
            asked.add(user);
            return trail.salt(sql, user);
        });

        assertThat(reader.list(ALL, Optional.empty(), 10).events())
                .hasSize(10)
                .allMatch(event -> event.personal().equals(AuditRecord.READABLE));
        assertThat(asked).containsExactlyInAnyOrder(ada, bob);

        trail.salts.remove(bob);
        assertThat(reader.list(ALL, Optional.empty(), 10).events())
                .filteredOn(event -> event.personal().equals(AuditRecord.ERASED))
                .hasSize(5);
    }

    @BothEngines
    @DisplayName("user, name and time narrow the list, and another tenant's events are not in it")
    void filters(TestDatabase test, MutableClock clock) {
        TestTrail trail = new TestTrail(test.database(), clock);
        UserId user = trail.user();
        trail.recordLogins(1);
        clock.advance(Duration.ofMillis(1));
        trail.record(
                SecurityEvent.of(EventType.LOGIN_SUCCEEDED, TestTrail.request()).byUser(user));
        trail.record(SecurityEvent.of(EventType.LOGIN_SUCCEEDED, new TenantId("other"), Actor.user(user))
                .about(user));
        clock.advance(Duration.ofMinutes(1));
        Instant later = clock.instant();
        trail.record(SecurityEvent.of(EventType.LOGGED_OUT, TestTrail.request()).byUser(user));

        assertThat(names(trail, ALL)).containsExactly("session.logged-out.v1", "login.succeeded.v1", "login.failed.v1");
        assertThat(names(trail, ALL.of(user))).containsExactly("session.logged-out.v1", "login.succeeded.v1");
        assertThat(names(
                        trail,
                        new AuditFilter(
                                TenantId.MAIN,
                                Optional.empty(),
                                Optional.of("login.failed.v1"),
                                Optional.empty(),
                                Optional.empty())))
                .containsExactly("login.failed.v1");
        assertThat(names(trail, between(Optional.of(later), Optional.empty())))
                .containsExactly("session.logged-out.v1");
        assertThat(names(trail, between(Optional.empty(), Optional.of(later))))
                .containsExactly("login.succeeded.v1", "login.failed.v1");
        assertThat(names(trail, AuditFilter.everything(new TenantId("other")))).hasSize(1);
    }

    private static AuditFilter between(Optional<Instant> from, Optional<Instant> to) {
        return new AuditFilter(TenantId.MAIN, Optional.empty(), Optional.empty(), from, to);
    }

    private static List<String> names(TestTrail trail, AuditFilter filter) {
        return trail.reader.list(filter, Optional.empty(), 10).events().stream()
                .map(AuditRecord::name)
                .toList();
    }
}
