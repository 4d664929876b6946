package dev.latchkey.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.audit.EventType;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

class UsageReportTest {
    @BothEngines
    @DisplayName("S3-18 S1-07 accounts by state and role, second factors by kind, events of the time asked for")
    void counts(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock);
                Operations operations = server.operations()) {
            Person ada = Person.registered(server, "ada@example.com");
            server.grant("ada@example.com", "ADMIN");
            Person.registered(server, "bob@example.com");
            server.disable("bob@example.com");
            ada.login("not-her-password-1");
            clock.advance(Duration.ofDays(2));
            setUpApp(Person.registered(server, "carl@example.com"), clock);

            UsageReport report = operations.report(Duration.ofDays(1));

            assertThat(report.at()).isEqualTo(clock.instant());
            assertThat(report.accounts().all()).isEqualTo(3);
            assertThat(report.accounts().disabled()).isOne();
            assertThat(report.accounts().unverified()).isEqualTo(3);
            assertThat(report.accounts().askedForSecondFactor()).isOne();
            assertThat(report.accounts().withRole()).isEqualTo(Map.of("ADMIN", 1L, "USER", 3L));
            assertThat(report.secondFactors()).isEqualTo(new UsageReport.SecondFactors(1, 0, 0, 1));
            assertThat(report.events())
                    .containsEntry(EventType.USER_REGISTERED, 1L)
                    .containsEntry(EventType.MFA_ENABLED, 1L)
                    .doesNotContainKey(EventType.LOGIN_FAILED);
            assertThat(operations.report(Duration.ofDays(3)).events())
                    .containsEntry(EventType.USER_REGISTERED, 3L)
                    .containsEntry(EventType.LOGIN_FAILED, 1L);
        }
    }

    private static void setUpApp(Person person, MutableClock clock) {
        ApiClient client = person.client();
        String secret = client.post("/api/v1/mfa/setup", Map.of()).text("/secret");
        Answer enabled = client.post("/api/v1/mfa/enable", Map.of("code", new AuthenticatorApp(secret, clock).code()));
        assertThat(enabled.status()).as(enabled.body()).isEqualTo(200);
    }
}
