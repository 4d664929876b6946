package dev.latchkey.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.db.BothEngines;
import dev.latchkey.db.Database;
import dev.latchkey.db.Databases;
import dev.latchkey.db.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;

class VerifyBesideServerTest {
    @BothEngines
    @DisplayName("beside a server that writes, seals and deletes old blocks, verification finds nothing wrong")
    void beside(TestDatabase test) throws Exception {
        Clock clock = Clock.systemUTC();
        // So short that blocks are deleted while they are walked.
        TestTrail trail = new TestTrail(test.database(), clock, Duration.ofMillis(1));
        trail.sealBlocks(20, 20, 20);
        Checkpoint held = trail.checkpoint();
        List<VerifyReport> reports = new ArrayList<>();
        try (Database other = Databases.open(test.config());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> server = threads.submit(() -> {
                for (int i = 0; i < 60; i++) {
                    trail.sealBlocks(5);
                    trail.restarted().maintain();
                }
            });
            AuditVerifier verifier = new AuditVerifier(other, trail.key, clock);
            while (!server.isDone()) {
                reports.add(verifier.verify(Optional.of(held), (blocks, of) -> {}));
            }
            server.get();
        }
        assertThat(reports)
                .isNotEmpty()
                .allSatisfy(report -> assertThat(report.findings()).isEmpty());
        assertThat(trail.count("audit_block")).isLessThan(60);
    }
}
