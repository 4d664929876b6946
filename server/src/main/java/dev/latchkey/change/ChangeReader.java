package dev.latchkey.change;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import dev.latchkey.db.Database;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads the log on from where it was. A database may forget commits: a standby of PostgreSQL that lacked the last ones was made
 * the primary. The numbers of what was forgotten are then given out again, so whoever only looks for higher ones would miss what
 * they now stand for. For one thread at a time.
 */
final class ChangeReader {
    private static final System.Logger LOG = System.getLogger(ChangeReader.class.getName());
    private static final int PAGE = 1_000;

    /** Another server's clock may find a row expired, and delete it, by so much earlier than ours does. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

    private final Database database;
    private final Clock clock;
    private final ChangeStore store;
    private Optional<ChangeStore.Entry> last = Optional.empty();

    ChangeReader(Database database, Clock clock, ChangeStore store) {
        this.database = database;
        this.clock = clock;
        this.store = store;
    }

    /**
     * Delivers what was committed since the last call, or after {@code forgotten} everything that has not expired, where the
     * database does not know any more what was read from it.
     *
     * @throws Problem {@code SERVICE_UNAVAILABLE} when the log cannot be read, or only on a standby, which may be behind
     */
    void readOn(Consumer<Change> deliver, Runnable forgotten) {
        ChangeStore.Page page = read();
        if (isForgotten(page)) {
            LOG.log(
                    Level.WARNING,
                    "The database has forgotten changes that this server had read, as after a failover to a standby without"
                            + " them. Everything in force is read again. What was signed out or revoked in the last moments"
                            + " before may be in force again: docs/operations.md, Failover.");
            forgotten.run();
            last = Optional.empty();
            page = read();
        }
        deliver(page, deliver);
        while (page.entries().size() == PAGE) {
            page = read();
            deliver(page, deliver);
        }
    }

    private ChangeStore.Page read() {
        ChangeStore.Page page = database.read(sql -> store.from(sql, lastSeq(), PAGE));
        if (page.standby()) {
            throw Problem.of(ErrorCode.SERVICE_UNAVAILABLE, "the database is a standby")
                    .retryAfter(Duration.ofSeconds(1));
        }
        return page;
    }

    private long lastSeq() {
        return last.map(ChangeStore.Entry::seq).orElse(0L);
    }

    /** The number read last was given to another change, or to none; numbers above it do not tell, others may have taken them. */
    private boolean isForgotten(ChangeStore.Page page) {
        if (last.isEmpty()) {
            return false;
        }
        ChangeStore.Entry known = last.get();
        Optional<ChangeStore.Entry> found = page.entries().stream().findFirst().filter(it -> it.seq() == known.seq());
        boolean kept = known.change().expiresAt().isAfter(clock.instant().plus(CLOCKS_APART));
        return page.head() < known.seq() || found.map(it -> !it.equals(known)).orElse(kept);
    }

    private void deliver(ChangeStore.Page page, Consumer<Change> deliver) {
        long read = lastSeq();
        Instant now = clock.instant();
        List<ChangeStore.Entry> entries = page.entries();
        for (ChangeStore.Entry entry : entries) {
            if (entry.seq() > read) {
                if (entry.change().expiresAt().isAfter(now)) {
                    deliver.accept(entry.change());
                }
                last = Optional.of(entry);
            }
        }
    }
}
