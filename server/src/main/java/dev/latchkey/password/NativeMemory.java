package dev.latchkey.password;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * The C library keeps what Argon2 freed, 19 MiB and more per thread, for the next hash. That saves a third of a hash's time while
 * there is work, and holds the memory for ever when there is none.
 */
final class NativeMemory {
    private static final Logger LOG = System.getLogger(NativeMemory.class.getName());

    // The parameters of mallopt(3).
    private static final int TRIM_THRESHOLD = -1;
    private static final int MMAP_THRESHOLD = -3;

    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    private NativeMemory() {}

    /** Gives the calling thread's freed memory back to the system, where the C library is glibc; else does nothing. */
    static void release() {
        if (CLibrary.function("malloc_trim").isEmpty()) {
            return;
        }
        CLibrary.function("mallopt").ifPresent(option -> {
            int set = CLibrary.call(option, TRIM_THRESHOLD, 128 * KIB);
            // What ends a thread's heap is only given back by a large free() beside it.
            CLibrary.allocateAndFree(MIB);
            // Setting one threshold stops glibc from adapting both, so they are put where it had moved them.
            set &= CLibrary.call(option, MMAP_THRESHOLD, 32 * MIB);
            set &= CLibrary.call(option, TRIM_THRESHOLD, 64 * MIB);
            LOG.log(Level.DEBUG, "Memory of an idle hashing thread was given back: {0}", set);
        });
    }
}
