package dev.latchkey.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.MutableClock;
import dev.latchkey.core.TenantId;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.limit.LimitPolicy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;

class LimitHitsTest {
    @BothEngines
    @DisplayName("S3-18 refused requests are one row per minute and policy, however many they are")
    void counts(TestDatabase test, MutableClock clock) {
        TestTrail trail = new TestTrail(test.database(), clock);
        try (LimitHits hits = new LimitHits(trail.database, trail.audit, trail.sealer, clock)) {
            for (int i = 0; i < 5000; i++) {
                hits.hit(TenantId.MAIN, LimitPolicy.LOGIN, "203.0.113.1");
            }
            for (int i = 0; i < LimitHits.MAX_KEYS + 500; i++) {
                hits.hit(TenantId.MAIN, LimitPolicy.PUBLIC, "address " + i);
            }
            hits.flush();
            assertThat(trail.all()).as("the minute is not over").isEmpty();
            clock.advance(Duration.ofMinutes(1));
            hits.flush();
            assertThat(trail.all()).hasSize(2);
            hits.hit(TenantId.MAIN, LimitPolicy.LOGIN, "203.0.113.1");
        }
        List<AuditRecord> rows = trail.all();
        assertThat(rows).hasSize(3).allMatch(row -> row.name().equals("limit.hit.v1"));
        assertThat(rows.stream().filter(row -> row.details().containsValue("5000")))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.details()).containsEntry("policy", "LOGIN").containsEntry("keys", "1");
                    assertThat(row.details().get("most")).endsWith(":5000").doesNotContain("203.0.113.1");
                });
        assertThat(rows.stream().filter(row -> row.details().containsValue("PUBLIC")))
                .singleElement()
                .satisfies(row ->
                        assertThat(row.details()).containsEntry("count", "1500").containsEntry("keys", "1000"));
    }
}
