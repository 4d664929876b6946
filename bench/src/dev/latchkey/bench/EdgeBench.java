package dev.latchkey.bench;

/** What costs no more than the edge: the key set and liveness, beside bare Helidon. */
final class EdgeBench implements Bench.Benchmark {
    @Override
    public void run(Place place, Report report) throws Exception {
        Dataset dataset = Dataset.sqlite(place, 10_000);
        try (Running server = Latchkey.start(place, dataset);
                Running peer = Latchkey.startPeer(place)) {
            Wrk bare = plain(place, peer, "/");
            Wrk keys = plain(place, server, "/.well-known/jwks.json");
            Wrk live = plain(place, server, "/health/live");
            Duel.warmUp(place, bare, keys, live);
            Median[] rates = Duel.run(place, bare, keys, live);
            report.add(Figure.ratio("GET /.well-known/jwks.json", rates[1].get(), "/s", "bare Helidon", rates[0].get(), 0.7));
            report.add(Figure.ratio("GET /health/live", rates[2].get(), "/s", "bare Helidon", rates[0].get(), 0.7));
            Memory.report(report, "resident memory after it", server);
        }
    }

    static Wrk plain(Place place, Running server, String path) {
        return new Wrk(place.script("requests.lua"), server.url(path));
    }
}
