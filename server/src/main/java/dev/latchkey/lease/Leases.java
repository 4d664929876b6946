package dev.latchkey.lease;

import dev.latchkey.core.Problem;
import dev.latchkey.db.Database;
import dev.latchkey.db.Engine;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** This node's share of the background jobs. */
public final class Leases implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Leases.class.getName());
    private static final long BEAT_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long TRUSTED_NANOS = TimeUnit.SECONDS.toNanos(6);

    /** Longer than a holder trusts itself, so that it has stopped before another begins. */
    private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Database database;
    private final String node;
    private final LongSupplier nanoTime;
    private final boolean alone;
    private final LeaseStore store = new LeaseStore();

    /** By job, until when this node may do it. */
    private final Map<String, Long> heldUntil = new ConcurrentHashMap<>();

    private final Set<String> jobs = ConcurrentHashMap.newKeySet();
    private final Map<String, Sighting> sightings = new HashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private Optional<Thread> thread = Optional.empty();

    /** What another node's lease looked like, and when it was first seen like that. */
    private record Sighting(LeaseStore.Seen seen, long since) {}

    /** @param node a name that no other process has */
    public Leases(Database database, String node) {
        this(database, node, System::nanoTime);
    }

    Leases(Database database, String node, LongSupplier nanoTime) {
        this.database = database;
        this.node = node;
        this.nanoTime = nanoTime;
        this.alone = database.engine() == Engine.SQLITE;
    }

    /** Joins in for this job; before {@link #start}. Answers whether it is this node's to do, now. */
    public BooleanSupplier turn(String job) {
        jobs.add(job);
        return alone ? () -> true : () -> holds(job);
    }

    private boolean holds(String job) {
        Long until = heldUntil.get(job);
        return until != null && nanoTime.getAsLong() - until < 0;
    }

    /** Takes part from now on, in the background. */
    public synchronized void start() {
        if (!alone) {
            thread = Optional.of(Thread.ofVirtual().name("leases").start(this::run));
        }
    }

    private void run() {
        try {
            do {
                tryLook();
            } while (!closed.await(BEAT_NANOS, TimeUnit.NANOSECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void tryLook() {
        try {
            look();
        } catch (RuntimeException failed) {
            // The database is away: what this node holds runs out by itself, and every other node is told so elsewhere.
            LOG.log(Level.DEBUG, "leases could not be looked at: {0}", failed.getMessage());
        }
    }

    /** One round: moves on what this node holds, and takes what nobody does. */
    void look() {
        long now = nanoTime.getAsLong();
        if (!heldUntil.isEmpty()) {
            Set<String> mine = database.bulk(tx -> store.beat(tx, node));
            heldUntil.keySet().removeIf(job -> !mine.contains(job));
            mine.forEach(job -> heldUntil.put(job, now + TRUSTED_NANOS));
        }
        if (!heldUntil.keySet().containsAll(jobs)) {
            lookAtOthers(now);
        }
    }

    private void lookAtOthers(long now) {
        Map<String, LeaseStore.Seen> leases = new HashMap<>();
        database.read(store::all).forEach(seen -> leases.put(seen.job(), seen));
        for (String job : List.copyOf(jobs)) {
            if (!heldUntil.containsKey(job) && mayTake(job, Optional.ofNullable(leases.get(job)), now)) {
                take(job, Optional.ofNullable(leases.get(job)), now);
            }
        }
    }

    private boolean mayTake(String job, Optional<LeaseStore.Seen> lease, long now) {
        if (lease.isEmpty() || lease.get().isFree()) {
            return true;
        }
        Sighting former = sightings.get(job);
        if (former == null || !former.seen().equals(lease.get())) {
            sightings.put(job, new Sighting(lease.get(), now));
            return false;
        }
        return now - former.since() >= SILENT_NANOS;
    }

    private void take(String job, Optional<LeaseStore.Seen> lease, long now) {
        boolean taken = database.bulk(
                tx -> lease.map(seen -> store.take(tx, seen, node)).orElseGet(() -> store.create(tx, job, node)));
        if (taken) {
            sightings.remove(job);
            heldUntil.put(job, now + TRUSTED_NANOS);
            LOG.log(Level.DEBUG, "this node does {0} now", job);
        }
    }

    /** Lets go, so that another node need not wait. */
    @Override
    public void close() {
        closed.countDown();
        Optional<Thread> running;
        synchronized (this) {
            running = thread;
        }
        if (running.isEmpty()) {
            return;
        }
        try {
            running.get().join();
            heldUntil.clear();
            database.bulk(tx -> {
                store.letGo(tx, node);
                return true;
            });
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (Problem away) {
            LOG.log(Level.DEBUG, "leases were not let go: {0}", away.internal());
        }
    }
}
