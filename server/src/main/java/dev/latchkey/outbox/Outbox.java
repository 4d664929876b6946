package dev.latchkey.outbox;

import dev.latchkey.crypto.Resealed;
import dev.latchkey.crypto.SealPurpose;
import dev.latchkey.crypto.Sealer;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.Database;
import dev.latchkey.db.Engine;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sends what a use case says must be sent, once the use case is durable and never if it rolls back. One background thread
 * delivers; it sleeps until the next message is due or one is written on this node.
 */
public final class Outbox implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Outbox.class.getName());
    private static final Duration KEEP_QUEUED = Duration.ofDays(7);
    // Rows of other nodes and of the command line ring no bell here; each is sent by the node that wrote it, where
    // there is one.
    private static final Duration LOOK_FOR_OTHERS = Duration.ofSeconds(15);
    private static final Duration LOOK_FOR_COMMAND_LINE = Duration.ofMinutes(1);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(30);
    private static final int RESEAL_BATCH = 200;
    private static final Duration FINISH_SENDING = Duration.ofSeconds(10);

    private final Database database;
    private final Sealer sealer;
    private final Secrets secrets;
    private final Clock clock;
    private final OutboxStore store = new OutboxStore();
    private final Alarm alarm = new Alarm();
    private final Dispatcher dispatcher;
    private Optional<Thread> thread = Optional.empty();
    private boolean tookBack;

    /** @param deliveries by the kind of message they send */
    public Outbox(Database database, Sealer sealer, Secrets secrets, Clock clock, Map<String, Delivery> deliveries) {
        this.database = database;
        this.sealer = sealer;
        this.secrets = secrets;
        this.clock = clock;
        Map<String, Delivery> all = new HashMap<>(deliveries);
        all.put(Discarded.KIND, new Nowhere());
        this.dispatcher = new Dispatcher(database, store, sealer, secrets, clock, Map.copyOf(all));
    }

    /** Writes the message, sealed, in the caller's transaction; it leaves after the commit. */
    public void enqueue(Tx tx, OutboxMessage message) {
        String id = secrets.uuid();
        Instant now = clock.instant();
        Instant latest = now.plus(KEEP_QUEUED);
        Instant expires = message.uselessFrom().filter(latest::isAfter).orElse(latest);
        byte[] sealed = sealer.seal(
                SealPurpose.OUTBOX, Dispatcher.place(message.tenant().value(), id), message.payload());
        store.insert(tx, id, message, sealed, now, expires);
        tx.afterCommit(alarm::ring);
    }

    /** Begins to deliver in the background; once the server is ready, so that it does not slow the start. */
    public synchronized void start() {
        if (thread.isEmpty()) {
            thread = Optional.of(Thread.ofVirtual().name("outbox").start(this::run));
        }
    }

    /**
     * Handles all that is due, on the calling thread.
     *
     * @return how many messages were delivered
     */
    public int dispatchDue() {
        return dispatcher.dispatchDue();
    }

    /** Gives up everything that waits: for a database that was set back, whose messages went out long ago. */
    public void discardQueued(Tx tx) {
        store.deleteAll(tx);
    }

    public OutboxCounts counts() {
        return database.read(store::counts);
    }

    /** Messages under another master key than the current one. */
    public long stale(Sql sql) {
        return store.stale(sql, sealer.prefix());
    }

    /** Seals a batch of them anew. */
    public Resealed reseal(Tx tx, String after) {
        List<OutboxStore.SealedPayload> rows = store.stale(tx, sealer.prefix(), after, RESEAL_BATCH);
        return Resealed.batch(
                rows,
                RESEAL_BATCH,
                row -> store.reseal(
                        tx,
                        row,
                        sealer.reseal(SealPurpose.OUTBOX, Dispatcher.place(row.tenant(), row.id()), row.blob())),
                OutboxStore.SealedPayload::id);
    }

    /** Lets the message that is being sent finish, for 10 seconds at most; the others stay for the next start. */
    @Override
    public void close() {
        dispatcher.stop();
        alarm.ring();
        Optional<Thread> running;
        synchronized (this) {
            running = thread;
        }
        running.ifPresent(Outbox::join);
    }

    private void run() {
        while (!dispatcher.isStopping()) {
            try {
                alarm.await(round());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Does what is due and tells how long to sleep. */
    private Duration round() {
        try {
            takeBackOnce();
            if (dispatcher.nextDue().filter(this::isPast).isPresent()) {
                dispatcher.dispatchDue();
            }
            Duration longest = database.engine() == Engine.SQLITE ? LOOK_FOR_COMMAND_LINE : LOOK_FOR_OTHERS;
            return dispatcher
                    .nextDue()
                    .map(due -> Duration.between(clock.instant(), due))
                    .filter(wait -> wait.compareTo(longest) < 0)
                    .orElse(longest);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The outbox cannot be read or written; tried again in 30 s", e);
            return AFTER_TROUBLE;
        }
    }

    /** A SQLite file has one server, so a claim found at its start is of one that was killed, and would only delay the mail. */
    private void takeBackOnce() {
        if (!tookBack && database.engine() == Engine.SQLITE) {
            dispatcher.takeBack();
        }
        tookBack = true;
    }

    private boolean isPast(Instant due) {
        return !due.isAfter(clock.instant());
    }

    private static void join(Thread running) {
        try {
            if (!running.join(FINISH_SENDING)) {
                running.interrupt();
                running.join(FINISH_SENDING);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Delivers {@link Discarded} messages. */
    private record Nowhere() implements Delivery {
        @Override
        public boolean available() {
            return true;
        }

        @Override
        public Outcome deliver(String id, byte[] payload) {
            return new Outcome.Delivered();
        }
    }
}
