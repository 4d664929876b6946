package dev.latchkey.bench;

/** From the launcher's start, which hashes the jar, to the first 200 of readiness; and what an idle server holds. */
final class StartBench implements Bench.Benchmark {
    private static final int STARTS = 11;
    private static final long SETTLING_MILLIS = 15_000;

    @Override
    public void run(Place place, Report report) throws Exception {
        Dataset dataset = Dataset.sqlite(place, 10_000);
        Latchkey.start(place, dataset).close(); // makes the start cache
        Median start = new Median();
        Median peerStart = new Median();
        Median idle = new Median();
        for (int i = 0; i < STARTS; i++) {
            try (Running server = Latchkey.start(place, dataset)) {
                start.add(server.startMillis());
                if (i % 5 == 0) {
                    Thread.sleep(SETTLING_MILLIS);
                    idle.add(server.residentMib());
                }
            }
            try (Running peer = Latchkey.startPeer(place)) {
                peerStart.add(peer.startMillis());
            }
        }
        report.add(Figure.atMost("start to ready, median of " + STARTS, start.get(), "ms", 500));
        report.add(Figure.reported("start of bare Helidon (no start cache)", peerStart.get(), "ms"));
        report.add(Figure.atMost("resident memory, idle", idle.get(), "MiB", 100));
    }
}
