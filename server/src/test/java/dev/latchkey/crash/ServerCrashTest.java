package dev.latchkey.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.audit.VerifyReport;
import dev.latchkey.boot.Race;
import dev.latchkey.crash.Account.State;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.DatabaseAddress.PostgresServer;
import dev.latchkey.db.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 of the whole server under load. {@code -Dlatchkey.crash.rounds=N} asks for more rounds, {@code -Dlatchkey.crash.seed=N}
 * repeats the choices of an earlier run.
 */
@Timeout(3600)
class ServerCrashTest {
    private static final int ROUNDS = Integer.getInteger("latchkey.crash.rounds", 5);
    private static final long SEED = Long.getLong("latchkey.crash.seed", System.nanoTime());
    private static final int LEAST_ACKNOWLEDGED = 80;
    private static final int MORE_ACKNOWLEDGED = 80;
    private static final int INSPECTORS = 8;
    private static final int KEPT = 300;

    @BothEngines
    @DisplayName(
            "what was acknowledged survives kill -9: sign-ups, refreshes, logouts, their audit rows; nothing spent works")
    void survives(TestDatabase database, @TempDir Path folder, TestReporter reporter) throws Exception {
        reporter.publishEntry("seed", Long.toString(SEED));
        Random random = new Random(SEED);
        Map<String, String> settings = settings(database);
        List<Account> accounts = new ArrayList<>();
        int unanswered = 0;
        ServerProcess server = ServerProcess.start(folder, settings);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                int acknowledgements = LEAST_ACKNOWLEDGED + random.nextInt(MORE_ACKNOWLEDGED);
                accounts = new Load(server, random, acknowledgements).untilKilled(accounts);
                unanswered += (int) accounts.stream()
                        .filter(account -> account.pending().isPresent())
                        .count();
                server = ServerProcess.start(folder, settings);
                inspect(accounts, server, folder, settings, random);
                forgetSurplus(accounts);
            }
            server.stop();
        } finally {
            server.kill();
        }
        assertThat(unanswered).as("the server was killed at work").isPositive();
        try (StoredData data = new StoredData(folder, settings)) {
            VerifyReport report = data.requireWhole();
            assertThat(report.unsealed())
                    .as("a server that stops seals its trail")
                    .isZero();
            reporter.publishEntry("audit rows", Long.toString(report.rows()));
        }
        report(accounts, unanswered, reporter);
    }

    private static void inspect(
            List<Account> accounts, ServerProcess server, Path folder, Map<String, String> settings, Random random) {
        Map<String, List<String>> events;
        // Closed again before the next kill: SQLite recovers its log only where no process has the file open.
        try (StoredData data = new StoredData(folder, settings)) {
            data.requireWhole();
            events = data.eventsByRequest();
        }
        Queue<Account> waiting = new ConcurrentLinkedQueue<>(accounts);
        Race.of(INSPECTORS, () -> {
            Inspection inspection = new Inspection(server, events, new Random(random.nextLong()));
            for (Account next = waiting.poll(); next != null; next = waiting.poll()) {
                inspection.inspect(next);
            }
            return true;
        });
    }

    /** Long runs would otherwise come to do nothing but look at what was over long ago. */
    private static void forgetSurplus(List<Account> accounts) {
        while (accounts.size() > KEPT) {
            accounts.removeFirst();
        }
    }

    static Map<String, String> settings(TestDatabase database) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "master-key", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                "limits.enabled", "false",
                "server.access-log", "false",
                "token.access-ttl", "1d",
                "password.breach-check", "false",
                "password.argon2-memory-kib", "7168",
                "password.argon2-iterations", "5",
                "password.hashing-waiting-per-address", "1000",
                "login.failure-floor", "0ms"));
        if (database.config().address() instanceof PostgresServer postgres) {
            settings.put("database.url", postgres.jdbcUrl() + "?user=" + postgres.user());
        }
        return settings;
    }

    private static void report(List<Account> accounts, int unanswered, TestReporter reporter) {
        Map<String, String> figures = new HashMap<>();
        figures.put("rounds", Integer.toString(ROUNDS));
        figures.put("unanswered", Integer.toString(unanswered));
        List<Account.Act> acknowledged = new ArrayList<>();
        accounts.forEach(account -> acknowledged.addAll(account.acknowledged().values()));
        for (Account.Act act : Account.Act.values()) {
            long count = acknowledged.stream().filter(act::equals).count();
            figures.put("acknowledged " + act, Long.toString(count));
        }
        for (State state : State.values()) {
            long count = accounts.stream()
                    .filter(account -> account.state() == state)
                    .count();
            figures.put("accounts " + state, Long.toString(count));
        }
        reporter.publishEntry(figures);
    }
}
