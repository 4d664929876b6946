package dev.latchkey.bench;

/** The server's resident memory once a load is over. */
final class Memory {
    /** What a load leaves behind is given back within seconds; what stays after this is held. */
    private static final int SETTLED_SECONDS = 10;

    private static final int MOST_MIB = 170;

    private Memory() {}

    /** Right after the load, to look at, and settled, which has the target. */
    static void report(Report report, String name, Running server) throws Exception {
        report.add(Figure.reported(name + ", at once", server.residentMib(), "MiB"));
        Thread.sleep(SETTLED_SECONDS * 1_000L);
        report.add(Figure.reported(name + ", the most it ever was", server.peakMib(), "MiB"));
        report.add(Figure.atMost(name + ", " + SETTLED_SECONDS + " s later", server.residentMib(), "MiB", MOST_MIB));
    }
}
