package dev.latchkey.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Refreshes, each durable, rotated and audited before it is answered, over a million families. */
final class RefreshBench implements Bench.Benchmark {
    enum Storage {
        SQLITE,
        /** Every fsync takes 2 ms longer: only commits that are shared reach thousands a second then. */
        SQLITE_SLOWED,
        POSTGRES
    }

    private static final int USERS = 1_000_000;
    private static final int IN_HAND = 10_000;
    static final int SLOWER_BY_MICROS = 2_000;

    private final Storage storage;

    RefreshBench(Storage storage) {
        this.storage = storage;
    }

    @Override
    public void run(Place place, Report report) throws Exception {
        switch (storage) {
            case SQLITE -> measure(place, report, Dataset.sqlite(place, USERS), Map.of(), "SQLite FULL", 5_000);
            case SQLITE_SLOWED -> measure(
                    place,
                    report,
                    Dataset.sqlite(place, USERS),
                    SlowSync.build(place, SLOWER_BY_MICROS),
                    "SQLite, commit 2 ms slower",
                    3_000);
            case POSTGRES -> {
                try (PostgresServer server = PostgresServer.start(place)) {
                    measure(place, report, Dataset.postgres(place, server, USERS), Map.of(), "PostgreSQL", 3_000);
                }
            }
        }
    }

    private static void measure(
            Place place, Report report, Dataset dataset, Map<String, String> environment, String what, double target)
            throws Exception {
        Median rates = new Median();
        Median p99 = new Median();
        Median raw = new Median();
        try (Running server = Latchkey.start(place, dataset, environment)) {
            SlowSync.requireInForce(server, environment);
            load(place, dataset, server);
            load(place, dataset, server);
            for (int round = 0; round < place.rounds(); round++) {
                if (dataset.environment().isEmpty()) {
                    raw.add(RawSqlite.measure(place, environment));
                }
                Wrk.Result result = load(place, dataset, server);
                rates.add(result.perSecond());
                p99.add(result.p99Millis());
            }
            report.add(Figure.atLeast("POST refresh, 64 connections, " + what, rates.get(), "/s", target));
            report.add(Figure.reported("its p99", p99.get(), "ms"));
            if (dataset.environment().isEmpty()) {
                report.add(Figure.reported("raw one-row transactions, " + what, raw.get(), "/s"));
            }
            Memory.report(report, "resident memory after it", server);
        }
    }

    private static Wrk.Result load(Place place, Dataset dataset, Running server)
            throws IOException, InterruptedException {
        return load(place, dataset, server, IN_HAND);
    }

    /** @param inHand so many families are refreshed in turn, which none were before */
    static Wrk.Result load(Place place, Dataset dataset, Running server, int inHand)
            throws IOException, InterruptedException {
        int[] families = dataset.takeFamilies(inHand);
        Path file = place.out().resolve("tokens-refresh");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = families[0]; i < families[1]; i++) {
                out.write(People.refreshToken(i));
                out.write('\n');
            }
        }
        return new Wrk(place.script("refresh.lua"), server.url("/api/v1/auth/refresh"))
                .with("TOKENS", file)
                .run(place.seconds());
    }
}
