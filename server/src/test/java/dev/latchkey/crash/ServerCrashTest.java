package dev.latchkey.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.audit.VerifyReport;
import dev.latchkey.boot.Race;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Parts of an installation are struck down under load, again and again; what was acknowledged holds. {@code
 * -Dlatchkey.crash.rounds=N} asks for more rounds, {@code -Dlatchkey.crash.seed=N} repeats the choices of an earlier run.
 */
@Tag("crash")
@Timeout(7200)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no signals")
class ServerCrashTest {
    private static final int KILLS = Integer.getInteger("latchkey.crash.rounds", 5);
    private static final int OUTAGES = Integer.getInteger("latchkey.crash.rounds", 2);
    private static final long SEED = Long.getLong("latchkey.crash.seed", System.nanoTime());
    private static final int INSPECTORS = 8;
    private static final int KEPT = 200;

    @TempDir
    private Path folder;

    @Test
    @DisplayName("SQLite, kill -9 of the server: what was acknowledged is there, and nothing spent works")
    void sqlite(TestReporter reporter) throws Exception {
        try (Installation installation = Installation.onSqlite(folder)) {
            run("sqlite", KILLS, installation, List.of(List.of(Part.SERVER)), reporter);
        }
    }

    @Test
    @DisplayName("PostgreSQL, kill -9 of the server: what was acknowledged is there, and nothing spent works")
    void postgres(TestReporter reporter) throws Exception {
        try (Installation installation = Installation.onPostgres(folder)) {
            run("postgres", KILLS, installation, List.of(List.of(Part.SERVER)), reporter);
        }
    }

    @Test
    @DisplayName("PostgreSQL stopped at once: the server goes on without a restart, also where both were struck")
    void postgresStopped(TestReporter reporter) throws Exception {
        try (Installation installation = Installation.onPostgres(folder)) {
            run(
                    "postgresStopped",
                    OUTAGES,
                    installation,
                    List.of(
                            List.of(Part.POSTGRES),
                            List.of(Part.POSTGRES),
                            List.of(Part.POSTGRES, Part.SERVER),
                            List.of(Part.SERVER, Part.POSTGRES)),
                    reporter);
        }
    }

    @Test
    @DisplayName("Redis killed: sessions, tokens and refresh go on, the rest comes back without a restart")
    void redisKilled(TestReporter reporter) throws Exception {
        try (Installation installation = Installation.onPostgresAndRedis(folder)) {
            run(
                    "redisKilled",
                    OUTAGES,
                    installation,
                    List.of(
                            List.of(Part.REDIS),
                            List.of(Part.REDIS),
                            List.of(Part.REDIS, Part.SERVER),
                            List.of(Part.POSTGRES, Part.REDIS)),
                    reporter);
        }
    }

    /** @param blows what one round strikes down: one of these, by chance */
    private static void run(
            String name, int rounds, Installation installation, List<List<Part>> blows, TestReporter reporter)
            throws Exception {
        Random random = new Random(SEED);
        Tally tally = new Tally();
        List<Account> accounts = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            List<Part> blow = blows.get(random.nextInt(blows.size()));
            try {
                Load load = new Load(installation, blow, random);
                accounts = load.run(accounts);
                tally.round(blow, accounts, load.recovery());
                inspect(accounts, installation, random);
            } catch (Exception | AssertionError failed) {
                throw new AssertionError(
                        "round " + round + " of " + rounds + ", " + blow
                                + " struck. To repeat its choices: mvn verify -Pcrash"
                                + " -Dtest=ServerCrashTest#" + name + " -Dlatchkey.crash.rounds=" + rounds
                                + " -Dlatchkey.crash.seed=" + SEED,
                        failed);
            }
            forgetSurplus(accounts);
            installation.mails().purge();
        }
        installation.server().stop();
        try (StoredData data = installation.data()) {
            VerifyReport report = data.requireWhole();
            assertThat(report.unsealed())
                    .as("a server that stops seals its trail")
                    .isZero();
            noMailIsLost(accounts, installation.mails(), data);
            tally.auditRows(report.rows());
        }
        assertThat(tally.unanswered()).as("it was struck at work").isPositive();
        reporter.publishEntry(tally.figures(name, SEED));
    }

    private static void inspect(List<Account> accounts, Installation installation, Random random) {
        Map<String, List<String>> events;
        // Closed again before the next blow: SQLite recovers its log only where no process has the file open.
        try (StoredData data = installation.data()) {
            data.requireWhole();
            events = data.eventsByRequest();
        }
        Queue<Account> waiting = new ConcurrentLinkedQueue<>(accounts);
        Race.of(INSPECTORS, () -> {
            Client client = new Client(installation.server());
            Inspection inspection = new Inspection(client, events, new Random(random.nextLong()));
            for (Account next = waiting.poll(); next != null; next = waiting.poll()) {
                inspection.inspect(next);
            }
            return true;
        });
    }

    /** A mail is promised with the answer: it arrived, or waits until the claim of the server that was killed over it ends. */
    private static void noMailIsLost(List<Account> accounts, ReceivedMails mails, StoredData data) {
        long missing = accounts.stream()
                .filter(Account::hasForgot)
                .filter(account -> mails.link(account.email()).isEmpty())
                .count();
        assertThat(data.waitingMails())
                .as("links to a new password on their way")
                .isGreaterThanOrEqualTo(missing);
    }

    /** Long runs would otherwise come to do nothing but look at what was over long ago. */
    private static void forgetSurplus(List<Account> accounts) {
        while (accounts.size() > KEPT) {
            accounts.removeFirst();
        }
    }
}
