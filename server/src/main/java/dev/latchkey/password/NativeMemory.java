package dev.latchkey.password;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The C library keeps what Argon2 freed, 19 MiB and more per thread, for the next hash. That saves a third of a hash's time while
 * there is work, and holds the memory for ever when there is none.
 */
// Calls four functions of the C library with their documented signatures.
@SuppressWarnings("restricted")
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
        Linker linker = Linker.nativeLinker();
        SymbolLookup library = linker.defaultLookup();
        if (library.find("malloc_trim").isEmpty()) {
            return;
        }
        try {
            MethodHandle option =
                    function(library, "mallopt", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
            MethodHandle allocate = function(library, "malloc", ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);
            MethodHandle free =
                    linker.downcallHandle(library.findOrThrow("free"), FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));
            int set = (int) option.invokeExact(TRIM_THRESHOLD, 128 * KIB);
            // What ends a thread's heap is only given back by a large free() beside it.
            free.invokeExact((MemorySegment) allocate.invokeExact((long) MIB));
            // Setting one threshold stops glibc from adapting both, so they are put where it had moved them.
            set &= (int) option.invokeExact(MMAP_THRESHOLD, 32 * MIB);
            set &= (int) option.invokeExact(TRIM_THRESHOLD, 64 * MIB);
            LOG.log(Level.DEBUG, "Memory of an idle hashing thread was given back: {0}", set);
        } catch (Throwable e) {
            LOG.log(Level.DEBUG, "Memory of an idle hashing thread was not given back.", e);
        }
    }

    private static MethodHandle function(
            SymbolLookup library, String name, MemoryLayout result, MemoryLayout... arguments) {
        return Linker.nativeLinker()
                .downcallHandle(library.findOrThrow(name), FunctionDescriptor.of(result, arguments));
    }
}
