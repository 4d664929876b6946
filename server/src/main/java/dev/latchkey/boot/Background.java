package dev.latchkey.boot;

import dev.latchkey.access.Revocations;
import dev.latchkey.db.Reaper;
import dev.latchkey.ephemeral.SqlExpiringStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** What runs by itself once the server answers: nothing here may delay the start. */
final class Background implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Background.class.getName());
    private static final Duration ACTIVITY_WRITTEN_EVERY = Duration.ofSeconds(5);
    private static final Duration KEYS_LOOKED_AT_EVERY = Duration.ofMinutes(1);

    private static final Duration HEAP_LOOKED_AT_EVERY = Duration.ofSeconds(1);
    private static final Duration IDLE_CONNECTIONS_LOOKED_AT_EVERY = Duration.ofSeconds(2);

    private static final Duration REAPED_EVERY = Duration.ofMinutes(5);

    private record Repeated(Duration interval, Runnable task) {}

    private final Services services;
    private final Revocations revocations;
    private final Reaper reaper;
    private final List<Repeated> added = new ArrayList<>();
    private final List<ScheduledFuture<?>> tasks = new ArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("background").factory());

    Background(Services services, Revocations revocations) {
        this.services = services;
        this.revocations = revocations;
        this.reaper = new Reaper(services.database, REAPED_EVERY);
        reaper.register("sessions", services.sessions::reap);
        reaper.register("refresh families", services.refresh::reap);
        reaper.register("changes", services.changes::deleteExpired);
        reaper.register("links", services.links::reap);
        reaper.register("former addresses", services.users::reap);
        reaper.register("known devices", services.devices::reap);
        reaper.register("failure counters", tx -> services.lockout.deleteExpired(tx, Reaper.BATCH));
        reaper.register("sign-up attempts", tx -> services.signUpAttempts.deleteExpired(tx, Reaper.BATCH));
        reaper.register("mails to unproved addresses", tx -> services.unprovedMail.deleteExpired(tx, Reaper.BATCH));
        reaper.register("recoveries", services.recoveries::reap);
        reaper.register("login codes", services.loginCodes::reap);
        if (services.ephemeral instanceof SqlExpiringStore shared) {
            reaper.register("ephemeral", shared::deleteExpired);
        }
    }

    /** Adds what is done again and again; before {@link #start()}. */
    void repeat(Duration interval, Runnable task) {
        added.add(new Repeated(interval, task));
    }

    void start() {
        // One of several nodes does each of these; the others would find it done, or lose.
        BooleanSupplier seals = services.leases.turn("audit sealing");
        BooleanSupplier reaps = services.leases.turn("reaping");
        BooleanSupplier movesKeys = services.leases.turn("key rotation");
        services.leases.start();
        services.auditSealer.start(seals);
        services.outbox.start();
        reaper.start(reaps);
        every(ACTIVITY_WRITTEN_EVERY, () -> services.sessions.flush(services.database));
        every(KEYS_LOOKED_AT_EVERY, () -> {
            if (movesKeys.getAsBoolean()) {
                services.keys.tick();
            }
        });
        every(KEYS_LOOKED_AT_EVERY, revocations::prune);
        every(IDLE_CONNECTIONS_LOOKED_AT_EVERY, services.database::rest);
        if (HeapCollection.isAskedFor()) {
            every(HEAP_LOOKED_AT_EVERY, new HeapCollection()::look);
        }
        added.forEach(it -> every(it.interval(), it.task()));
        timer.execute(guarded(services.passwords::warm));
    }

    /** One turn of everything, at once and whoever's turn it is: for tests that move the clock. */
    void turn() {
        services.sessions.flush(services.database);
        services.auditSealer.maintain();
        services.outbox.dispatchDue();
        reaper.reap();
        services.keys.tick();
        revocations.prune();
        added.forEach(it -> it.task().run());
    }

    @Override
    public void close() {
        tasks.forEach(task -> task.cancel(false));
        timer.shutdown();
        reaper.close();
        services.sessions.flush(services.database);
    }

    private void every(Duration interval, Runnable task) {
        tasks.add(timer.scheduleWithFixedDelay(
                guarded(task), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** A task that fails is tried again next time; without this the first failure would end it for good. */
    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException failed) {
                LOG.log(Level.WARNING, "Background work failed; it is tried again at its next turn", failed);
            }
        };
    }
}
