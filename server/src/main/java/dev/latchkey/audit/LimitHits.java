package dev.latchkey.audit;

import dev.latchkey.core.TenantId;
import dev.latchkey.crypto.Sealer;
import dev.latchkey.db.Database;
import dev.latchkey.limit.LimitPolicy;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Counts requests that a limit refused, and writes one event per minute and policy: whoever floods the server must not flood
 * its trail. Keys are kept as keyed hashes only; at most {@value #MAX_KEYS} are told apart in a minute.
 */
public final class LimitHits implements AutoCloseable {
    static final int MAX_KEYS = 1000;

    private static final Logger LOG = System.getLogger(LimitHits.class.getName());
    private static final int NAMED_KEYS = 10;

    private record Minute(TenantId tenant, LimitPolicy policy, Instant start) {}

    private static final class Tally {
        private final Map<String, Long> keys = new HashMap<>();
        private long all = 0;

        void add(String key) {
            all++;
            if (keys.size() < MAX_KEYS || keys.containsKey(key)) {
                keys.merge(key, 1L, Long::sum);
            }
        }
    }

    private final Database database;
    private final AuditService audit;
    private final Sealer sealer;
    private final Clock clock;
    private final CountDownLatch closing = new CountDownLatch(1);
    private Map<Minute, Tally> tallies = new HashMap<>();
    private boolean flushing = false;

    public LimitHits(Database database, AuditService audit, Sealer sealer, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.sealer = sealer;
        this.clock = clock;
    }

    /** A request was refused. {@code key} is what the policy counts by, such as an address. */
    public void hit(TenantId tenant, LimitPolicy policy, String key) {
        Instant minute = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        String hash = sealer.keyedHash("limit-key", key);
        synchronized (this) {
            tallies.computeIfAbsent(new Minute(tenant, policy, minute), start -> new Tally())
                    .add(hash);
            if (!flushing) {
                flushing = true;
                Thread.ofVirtual().name("audit-limit-hits").start(this::flushLater);
            }
        }
    }

    /** Writes the minutes that are over. */
    public void flush() {
        flush(clock.instant().truncatedTo(ChronoUnit.MINUTES));
    }

    /** Writes what was counted so far. */
    @Override
    public void close() {
        closing.countDown();
        flush(Instant.MAX);
    }

    private void flush(Instant before) {
        Map<Minute, Tally> over = takeBefore(before);
        if (over.isEmpty()) {
            return;
        }
        List<SecurityEvent> events = new ArrayList<>();
        over.forEach((minute, tally) -> events.add(event(minute, tally)));
        database.bulk(tx -> {
            events.forEach(event -> audit.record(tx, event));
            return events.size();
        });
    }

    private synchronized Map<Minute, Tally> takeBefore(Instant end) {
        Map<Minute, Tally> over = new HashMap<>();
        Map<Minute, Tally> left = new HashMap<>();
        tallies.forEach((minute, tally) -> (minute.start().isBefore(end) ? over : left).put(minute, tally));
        tallies = left;
        return over;
    }

    private void flushLater() {
        boolean more = true;
        while (more) {
            try {
                Duration left = Duration.between(
                        clock.instant(),
                        clock.instant().truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES));
                if (closing.await(left.toMillis() + 1, TimeUnit.MILLISECONDS)) {
                    return;
                }
                flush();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "Refused requests were counted but could not be written to the audit trail", e);
            }
            synchronized (this) {
                more = !tallies.isEmpty();
                flushing = more;
            }
        }
    }

    private static SecurityEvent event(Minute minute, Tally tally) {
        StringBuilder most = new StringBuilder();
        tally.keys.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(NAMED_KEYS)
                .forEach(key -> most.append(most.isEmpty() ? "" : " ")
                        .append(key.getKey())
                        .append(':')
                        .append(key.getValue()));
        return SecurityEvent.of(EventType.LIMIT_HIT, minute.tenant(), new Actor.Server("limits"))
                .with(Detail.POLICY, minute.policy().name())
                .with("minute", minute.start().toString())
                .with(Detail.COUNT, Long.toString(tally.all))
                .with("keys", Integer.toString(tally.keys.size()))
                .with("most", most.toString());
    }
}
