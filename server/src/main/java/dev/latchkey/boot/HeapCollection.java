package dev.latchkey.boot;

/**
 * Collects the whole heap once much of it may be garbage. The serial collector by itself does so only when the heap has grown to
 * its limit: what outlives a few young collections, such as a queue of work in a busy second, would lie there until then, and a
 * server that needs 20 MiB would hold whatever it may. A collection takes some tens of milliseconds and gives the room back to
 * the system.
 */
final class HeapCollection {
    /** Set by the launcher beside the collector's options: other collectors look after this themselves. */
    private static final String ASKED_FOR = "latchkey.collect-heap";

    /** More than the young generation, whose filling up tells nothing. */
    private static final long ROOM = 16L << 20;

    private long settled = used();

    static boolean isAskedFor() {
        return Boolean.getBoolean(ASKED_FOR);
    }

    /** To be called once a second or so, by one thread. */
    void look() {
        if (used() - settled > Math.max(ROOM, settled / 2)) {
            collect();
        }
    }

    // An explicit collection is a hint only because the JVM may have another collector; with this one it is what is
    // wanted.
    @SuppressWarnings("CallToSystemGC")
    private void collect() {
        System.gc();
        settled = used();
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
