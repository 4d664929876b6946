package dev.latchkey.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.Engine;
import dev.latchkey.db.TableSizes;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.otp.LinkKind;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/**
 * Three days of a moved clock, in which a day's logins of a large installation happen. {@code -Dlatchkey.day.logins=1000000} gives
 * the full size; {@code -Dlatchkey.day.engine=sqlite} or {@code postgresql} one engine only.
 */
@Timeout(3 * 3600)
class CompressedDayTest {
    private static final int LOGINS = Integer.getInteger("latchkey.day.logins", 20_000);
    private static final int USERS = Math.max(500, LOGINS / 40);
    /** Kept for 400 days, so it is this that bounds them. */
    private static final int BROWSERS_PER_USER = 50;

    private static final String ENGINE = System.getProperty("latchkey.day.engine", "");
    private static final Duration SPAN = Duration.ofDays(3);
    /** As often as the server reaps; a small run comes round less often, or it would do little else. */
    private static final Duration STEP = LOGINS < 100_000 ? Duration.ofMinutes(15) : Duration.ofMinutes(5);
    /** The longest time that any row is kept here: an expired family stays a day beyond its six hours. */
    private static final Duration FULL_AFTER = Duration.ofHours(32);

    private static final Duration SAMPLED_EVERY = Duration.ofHours(4);
    private static final long HEAP_NOISE = 24L << 20;

    @BothEngines
    @DisplayName(
            "a million logins' worth of sessions, families and audit rows: tables are bounded by retention, the heap is flat")
    void bounded(TestDatabase database, MutableClock clock, TestReporter reporter) throws Exception {
        assumeTrue(
                ENGINE.isEmpty() || database.engine() == Engine.valueOf(ENGINE.toUpperCase(Locale.ROOT)),
                "skipped: -Dlatchkey.day.engine=" + ENGINE + " asks for the other engine only");
        long start = System.nanoTime();
        Map<String, Long> most = new TreeMap<>();
        Map<String, Long> mostLate = new TreeMap<>();
        long heapAtFull = 0;
        long heapAtEnd = 0;
        try (TestServer server = server(database, clock);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            App app = server.app();
            DayOfLogins logins = new DayOfLogins(app.services(), USERS);
            long steps = SPAN.dividedBy(STEP);
            for (long step = 0; step < steps; step++) {
                logins.run(callers, LOGINS * step / steps, LOGINS * (step + 1) / steps);
                clock.advance(STEP);
                app.turn();
                Duration now = STEP.multipliedBy(step + 1);
                if (now.toMillis() % SAMPLED_EVERY.toMillis() == 0) {
                    Map<String, Long> sizes = TableSizes.of(app.services().database);
                    long heap = heap();
                    sizes.forEach((table, rows) ->
                            (now.compareTo(SPAN.minusHours(24)) > 0 ? mostLate : most).merge(table, rows, Math::max));
                    heapAtFull = now.compareTo(FULL_AFTER) <= 0 ? heap : heapAtFull;
                    heapAtEnd = heap;
                    reporter.publishEntry(figures(now, sizes, heap, start));
                }
            }
        }
        boundedBy("session", Duration.ofHours(6), 1, mostLate);
        boundedBy("refresh_family", Duration.ofHours(30), 1, mostLate);
        boundedBy("audit_event", Duration.ofHours(26), 3, mostLate);
        boundedBy("change", Duration.ofMinutes(20), 1, mostLate);
        assertThat(mostLate.remove("known_device")).isLessThanOrEqualTo((long) USERS * BROWSERS_PER_USER);
        assertThat(mostLate.remove("link")).isBetween(1L, mostLinks());
        mostLate.forEach((table, rows) -> assertThat(rows)
                .as("rows of %s on the last day, against those of the days before", table)
                .isLessThanOrEqualTo(most.getOrDefault(table, 0L) * 11 / 10 + 200));
        assertThat(heapAtEnd)
                .as("heap at the end, %s at %s", heapAtFull, FULL_AFTER)
                .isLessThan(heapAtFull + HEAP_NOISE);
    }

    /** No more than what comes in while a row is kept, and an hour more: the reaper comes round, and blocks go as a whole. */
    private static void boundedBy(String table, Duration kept, int rowsPerLogin, Map<String, Long> rows) {
        double hours = kept.plusHours(1).toMinutes() / 60.0;
        double bound = hours * rowsPerLogin * LOGINS / SPAN.toHours();
        assertThat(rows.getOrDefault(table, 0L))
                .as("rows of %s, kept for %s", table, kept)
                .isBetween(1L, (long) bound);
    }

    /** A mail about a new browser has a link that works for longer than the whole run; links to a new password go after theirs. */
    private static long mostLinks() {
        double hours = LinkKind.RESET_PASSWORD.lifetime().plusHours(1).toMinutes() / 60.0;
        return LOGINS / DayOfLogins.NEW_BROWSER_EVERY
                + Math.round(hours * LOGINS / SPAN.toHours() / DayOfLogins.LINK_EVERY);
    }

    private static TestServer server(TestDatabase database, MutableClock clock) {
        return TestServer.on(
                database,
                clock,
                "token.refresh-ttl",
                "6h",
                "audit.retention",
                "1d",
                "mail.from",
                "latchkey@example.com");
    }

    private static long heap() {
        // Soft and weak references need more than one collection to go.
        for (int round = 0; round < 3; round++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static Map<String, String> figures(Duration now, Map<String, Long> sizes, long heap, long start) {
        Map<String, String> figures = new HashMap<>();
        figures.put("hour", Long.toString(now.toHours()));
        figures.put(
                "seconds",
                Long.toString(Duration.ofNanos(System.nanoTime() - start).toSeconds()));
        figures.put("heap MiB", Long.toString(heap >> 20));
        for (String table :
                new String[] {"session", "refresh_family", "audit_event", "audit_block", "change", "outbox"}) {
            figures.put(table, Long.toString(sizes.getOrDefault(table, 0L)));
        }
        return figures;
    }
}
