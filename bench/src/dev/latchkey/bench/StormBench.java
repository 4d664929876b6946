package dev.latchkey.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code me} at 500 a second, no more and no less, while more logins come than can be served. */
final class StormBench implements Bench.Benchmark {
    private static final int PER_SECOND = 500;
    private static final int USERS = 1_000;
    private static final int LOGINS_AT_ONCE = 64;

    @Override
    public void run(Place place, Report report) throws Exception {
        Dataset dataset = Dataset.sqliteForLogins(place, 10_000);
        Median p99 = new Median();
        Median quiet = new Median();
        Median logins = new Median();
        try (Tokens tokens = new Tokens(dataset);
                Running server = Latchkey.start(place, dataset)) {
            Path file = tokens.write(place.out().resolve("tokens-warm"), USERS, USERS);
            SteadyLoad steady = new SteadyLoad(server.port(), "/api/v1/auth/me", Files.readAllLines(file), PER_SECOND);
            Wrk storm = LoginBench.load(place, server).connections(LOGINS_AT_ONCE);
            storm.run(place.seconds());
            steady.run(place.seconds());
            for (int round = 0; round < place.rounds(); round++) {
                quiet.add(steady.run(place.seconds()).p99Millis());
                Process running = storm.begin(place.seconds() + 2);
                Thread.sleep(1_000);
                p99.add(steady.run(place.seconds()).p99Millis());
                logins.add(storm.result(running).perSecond());
            }
            report.add(Figure.reported("GET me at 500/s, no logins: p99", quiet.get(), "ms"));
            report.add(Figure.atMost("GET me at 500/s in a login storm: p99", p99.get(), "ms", 50));
            report.add(Figure.reported("logins in the storm", logins.get(), "/s"));
            Memory.report(report, "resident memory after it", server);
        }
    }
}
