package dev.latchkey.http;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Tells at most once a second that requests are refused for want of room: whoever overloads the server must not fill its log too. */
final class BusyLog {
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Logger log;
    private final AtomicLong quietUntil = new AtomicLong(System.nanoTime());
    private final AtomicLong untold = new AtomicLong();

    BusyLog(Logger log) {
        this.log = log;
    }

    void tell(Supplier<String> what) {
        long now = System.nanoTime();
        long until = quietUntil.get();
        if (now - until < 0 || !quietUntil.compareAndSet(until, now + QUIET_NANOS)) {
            untold.incrementAndGet();
            return;
        }
        long more = untold.getAndSet(0);
        log.log(Level.WARNING, () -> what.get() + (more == 0 ? "" : " (and " + more + " more before it)"));
    }
}
