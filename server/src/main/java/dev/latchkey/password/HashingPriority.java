package dev.latchkey.password;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * Lets everything else go first. A hash computes for tens of milliseconds at a stretch; at equal priority, whatever else has
 * a moment's work to do waits for its share of a processor behind it.
 */
// Calls one function of the C library with its documented signature.
@SuppressWarnings("restricted")
final class HashingPriority {
    private static final Logger LOG = System.getLogger(HashingPriority.class.getName());

    /** On the scale of nice(1): a tenth of the processor where others want all of it, all of it where nobody does. */
    static final int NICER = 10;

    private HashingPriority() {}

    /**
     * Lowers the calling thread's priority, for good. Only where the system is Linux, whose nice(2) is of a thread; elsewhere it
     * is of the process, and nothing is done.
     */
    static void lower() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return;
        }
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> nice = linker.defaultLookup().find("nice");
        if (nice.isEmpty()) {
            return;
        }
        try {
            int now = (int)
                    linker.downcallHandle(nice.get(), FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT))
                            .invokeExact(NICER);
            LOG.log(Level.DEBUG, "A hashing thread runs at nice {0}", now);
        } catch (Throwable e) {
            LOG.log(Level.DEBUG, "A hashing thread runs at the priority of all others.", e);
        }
    }
}
