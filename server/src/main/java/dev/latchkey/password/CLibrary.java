package dev.latchkey.password;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.util.Optional;

/** Functions of the C library, called by the library that Argon2 is called by: another way would load two hundred classes more. */
final class CLibrary {
    private static final String LINUX = "Linux";

    private CLibrary() {}

    static boolean isOfLinux() {
        return System.getProperty("os.name").equals(LINUX);
    }

    /** The function of this name, where there is one that can be called. */
    static Optional<Function> function(String name) {
        try {
            return Optional.of(NativeLibrary.getProcess().getFunction(name));
        } catch (LinkageError absent) {
            // The library that calls, too, may not load: the first try says so by one error, each later one by another.
            return Optional.empty();
        }
    }

    /** Calls a function that takes numbers of C's type {@code int} and answers one. */
    static int call(Function function, int... arguments) {
        Object[] boxed = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            boxed[i] = arguments[i];
        }
        return function.invokeInt(boxed);
    }

    /** {@code malloc(3)}, then {@code free(3)}, of so many bytes. */
    static void allocateAndFree(long bytes) {
        // Through Native, which takes the size as the system's own type.
        Native.free(Native.malloc(bytes));
    }
}
