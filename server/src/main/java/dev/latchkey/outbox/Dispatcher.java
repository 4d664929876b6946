package dev.latchkey.outbox;

import dev.latchkey.crypto.SealBrokenException;
import dev.latchkey.crypto.SealPurpose;
import dev.latchkey.crypto.Sealer;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.Database;
import dev.latchkey.db.Tx;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Claims what is due, sends it, and writes down how that ended. Holds no transaction while it sends. */
final class Dispatcher {
    private static final Logger LOG = System.getLogger(Dispatcher.class.getName());
    private static final int BATCH = 20;
    private static final Duration LEASE = Duration.ofMinutes(6);
    // What Delivery.deliver may take at most: nothing is begun that could outlast the lease.
    private static final Duration LONGEST_DELIVERY = Duration.ofMinutes(2);
    private static final Duration KEEP_DEAD = Duration.ofDays(7);

    private final Database database;
    private final OutboxStore store;
    private final Sealer sealer;
    private final Secrets secrets;
    private final Clock clock;
    private final Backoff backoff;
    private final Map<String, Delivery> deliveries;
    private volatile boolean stopping;

    Dispatcher(
            Database database,
            OutboxStore store,
            Sealer sealer,
            Secrets secrets,
            Clock clock,
            Map<String, Delivery> deliveries) {
        this.database = database;
        this.store = store;
        this.sealer = sealer;
        this.secrets = secrets;
        this.clock = clock;
        this.backoff = new Backoff(secrets);
        this.deliveries = deliveries;
    }

    /** When there is something to do; the past where it waits already, empty where nothing does. */
    Optional<Instant> nextDue() {
        Set<String> kinds = availableKinds();
        return database.read(sql -> store.nextDue(sql, kinds));
    }

    /**
     * Handles all that is due.
     *
     * @return how many messages were delivered
     */
    int dispatchDue() {
        forgetOld();
        int delivered = 0;
        boolean more = true;
        while (more && !stopping) {
            Lease lease = new Lease(secrets.uuid(), clock.instant().plus(LEASE));
            List<Claimed> batch = claim(lease);
            for (Claimed message : batch) {
                delivered += handle(message, lease) ? 1 : 0;
            }
            more = batch.size() == BATCH;
        }
        return delivered;
    }

    /** Makes due what others claimed. Only for whoever knows that nobody else is sending. */
    void takeBack() {
        Instant now = clock.instant();
        change(tx -> store.takeBack(tx, now));
    }

    /** Begins no further delivery. */
    void stop() {
        stopping = true;
    }

    boolean isStopping() {
        return stopping;
    }

    private void forgetOld() {
        Instant now = clock.instant();
        int expired = database.bulk(tx -> {
            store.deleteDead(tx, now);
            return store.expire(tx, now, now.plus(KEEP_DEAD), "not sent in time");
        });
        if (expired > 0) {
            LOG.log(Level.WARNING, "{0} messages were not sent in time and are given up", expired);
        }
    }

    private List<Claimed> claim(Lease lease) {
        Set<String> kinds = availableKinds();
        Instant now = clock.instant();
        return database.bulk(tx -> store.claim(tx, kinds, lease, now, BATCH));
    }

    private boolean handle(Claimed message, Lease lease) {
        Instant now = clock.instant();
        if (stopping || now.plus(LONGEST_DELIVERY).isAfter(lease.end())) {
            change(tx -> store.release(tx, message.id(), lease, now));
            return false;
        }
        Outcome outcome = deliver(message);
        return switch (outcome) {
            case Outcome.Delivered sent -> {
                change(tx -> store.delivered(tx, message.id(), lease));
                yield true;
            }
            case Outcome.Failed failed -> {
                retryLater(message, lease, failed.reason());
                yield false;
            }
            case Outcome.Refused refused -> {
                giveUp(message, lease, refused.reason());
                yield false;
            }
        };
    }

    private Outcome deliver(Claimed message) {
        try {
            byte[] payload = sealer.open(SealPurpose.OUTBOX, place(message.tenant(), message.id()), message.sealed());
            return Objects.requireNonNull(deliveries.get(message.kind())).deliver(message.id(), payload);
        } catch (SealBrokenException e) {
            // An operator may still bring the master key it needs.
            return new Outcome.Failed("the sealed content does not open");
        } catch (RuntimeException e) {
            // Its text may quote the message.
            LOG.log(Level.ERROR, "Delivering {0} {1} failed with {2}", message.kind(), message.id(), e.getClass());
            return new Outcome.Failed("internal: " + e.getClass().getSimpleName());
        }
    }

    private void retryLater(Claimed message, Lease lease, String reason) {
        if (message.tries() >= Backoff.MAX_TRIES) {
            giveUp(message, lease, reason);
            return;
        }
        Duration wait = backoff.after(message.tries());
        LOG.log(
                Level.WARNING,
                "{0} {1} could not be sent ({2}), try {3}; next in {4} s",
                message.kind(),
                message.id(),
                reason,
                message.tries(),
                wait.toSeconds());
        Instant due = clock.instant().plus(wait);
        change(tx -> store.retryAt(tx, message.id(), lease, due, reason));
    }

    private void giveUp(Claimed message, Lease lease, String reason) {
        LOG.log(Level.ERROR, "{0} {1} cannot be sent and is given up: {2}", message.kind(), message.id(), reason);
        Instant now = clock.instant();
        change(tx -> store.dead(tx, message.id(), lease, now, now.plus(KEEP_DEAD), reason));
    }

    private void change(Consumer<Tx> statement) {
        database.<Boolean>bulk(tx -> {
            statement.accept(tx);
            return true;
        });
    }

    private Set<String> availableKinds() {
        return deliveries.entrySet().stream()
                .filter(entry -> entry.getValue().available())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What ties a sealed payload to its row. */
    static String place(String tenant, String id) {
        return tenant + "|outbox|payload|" + id;
    }
}
