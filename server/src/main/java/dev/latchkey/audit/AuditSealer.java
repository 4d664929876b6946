package dev.latchkey.audit;

import dev.latchkey.core.Problem;
import dev.latchkey.db.Database;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Links committed rows into the hash chain, in the background: a second after a row was written, at once when many wait, and at
 * {@link #close}. With nothing to seal it writes nothing. Several servers on one database may all seal: for each block number
 * one of them wins, and the others look again.
 */
public final class AuditSealer implements AutoCloseable {
    /** Rows a block has at most. */
    static final int BATCH = 1024;

    private static final Logger LOG = System.getLogger(AuditSealer.class.getName());
    private static final Duration GATHERING = Duration.ofSeconds(1);
    private static final Duration CLOSING_TIME = Duration.ofSeconds(10);
    private static final int LOST_ROUNDS = 20;

    private final SealingPass pass;
    private final Retention retention;
    private final Duration patrol;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean closed = false;
    private BooleanSupplier turn = () -> true;
    private Optional<Thread> worker = Optional.empty();

    public AuditSealer(Database database, Clock clock, CheckpointSigner signer, AuditConfig config) {
        this.retention = new Retention(database, clock, config.retention());
        this.pass = new SealingPass(database, clock, signer, retention);
        // Rows of a server that died: on PostgreSQL another server covers them in time, a lone one does so when it
        // starts.
        this.patrol = switch (database.engine()) {
            case SQLITE -> Duration.ofSeconds(30);
            case POSTGRESQL -> Duration.ofSeconds(3);
        };
    }

    /** Begins to seal in the background, with what an earlier run left. Returns at once. */
    public void start() {
        start(() -> true);
    }

    /** The same, only while it is this node's turn: many nodes would hash and sign the same rows, and one would win. */
    public void start(BooleanSupplier turn) {
        this.turn = turn;
        waiting.incrementAndGet();
        worker = Optional.of(Thread.ofVirtual().name("audit-sealer").start(this::run));
    }

    /** A row was committed. Cheap: called after every recording transaction. */
    public void rowWaiting() {
        int rows = waiting.incrementAndGet();
        if (rows == 1 || rows == BATCH) {
            signal();
        }
    }

    /**
     * Seals every row committed before the call.
     *
     * @return the rows this call sealed
     */
    public int seal() {
        int sealed = 0;
        for (int lost = 0; lost < LOST_ROUNDS; ) {
            switch (pass.next()) {
                case SealingPass.Sealed block -> {
                    sealed += block.rows();
                    if (block.rows() < BATCH) {
                        return sealed;
                    }
                }
                case SealingPass.Nothing ignored -> {
                    return sealed;
                }
                case SealingPass.Lost ignored -> lost++;
            }
        }
        return sealed;
    }

    /** Ends the background work and seals what is left; a process that recorded nothing and sealed nothing writes nothing now. */
    @Override
    public void close() {
        closed = true;
        signal();
        try {
            if (worker.isPresent()) {
                worker.get().join(CLOSING_TIME);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (worker.isEmpty() && waiting.get() == 0) {
            return;
        }
        try {
            seal();
        } catch (Problem e) {
            LOG.log(
                    Level.WARNING,
                    "The last audit events were not sealed; the next start will seal them: " + e.internal());
        }
    }

    /** One round of the background work: seal, then delete what is past retention. */
    public void maintain() {
        seal();
        retention.prune();
    }

    private void run() {
        while (!closed) {
            try {
                await();
                waiting.set(0);
                if (turn.getAsBoolean()) {
                    maintain();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                waiting.incrementAndGet();
                LOG.log(Level.WARNING, "Audit events could not be sealed; trying again", e);
            }
        }
    }

    private void await() throws InterruptedException {
        lock.lock();
        try {
            waitWhile(() -> waiting.get() == 0, patrol);
            waitWhile(() -> waiting.get() > 0 && waiting.get() < BATCH, GATHERING);
        } finally {
            lock.unlock();
        }
    }

    private void waitWhile(BooleanSupplier idle, Duration longest) throws InterruptedException {
        long left = longest.toNanos();
        while (left > 0 && !closed && idle.getAsBoolean()) {
            left = changed.awaitNanos(left);
        }
    }

    private void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
