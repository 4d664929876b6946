package dev.latchkey.password;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets everything else go first. A hash computes for tens of milliseconds at a stretch; at equal priority, whatever else has
 * a moment's work to do waits for its share of a processor behind it.
 */
final class HashingPriority {
    private static final Logger LOG = System.getLogger(HashingPriority.class.getName());

    /** On the scale of nice(1): a tenth of the processor where others want all of it, all of it where nobody does. */
    static final int NICER = 10;

    /** What nice(2) answers then; also what it answers to who was at -11 before, which takes a right that no server needs. */
    private static final int REFUSED = -1;

    private static final AtomicBoolean TOLD = new AtomicBoolean();

    private HashingPriority() {}

    /**
     * Lowers the calling thread's priority, for good. Only where the system is Linux, whose nice(2) is of a thread; elsewhere it
     * is of the process, and nothing is done.
     */
    static void lower() {
        if (!CLibrary.isOfLinux()) {
            return;
        }
        CLibrary.function("nice").ifPresent(nice -> {
            int now = CLibrary.call(nice, NICER);
            if (now == REFUSED) {
                tellOnce();
            } else {
                LOG.log(Level.DEBUG, "A hashing thread runs at nice {0}", now);
            }
        });
    }

    private static void tellOnce() {
        if (TOLD.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    "The system does not let password hashing run at a lower priority, so it slows everything else down while"
                            + " many sign in. Allow the system calls setpriority and nice (SystemCallFilter in systemd's unit,"
                            + " the seccomp profile of a container).");
        }
    }
}
