package dev.latchkey.bench;

import java.io.IOException;
import java.nio.file.Path;

/** {@code GET /api/v1/auth/me} with the tokens of 10 000 users, of which every tenth request brings one never seen before. */
final class MeBench implements Bench.Benchmark {
    enum Engine {
        SQLITE,
        POSTGRES
    }

    private static final int USERS = 10_000;
    /** The most tokens that a run can use up. */
    private static final int FASTEST = 40_000;

    private static final String ME = "/api/v1/auth/me";

    private final Engine engine;

    MeBench(Engine engine) {
        this.engine = engine;
    }

    @Override
    public void run(Place place, Report report) throws Exception {
        switch (engine) {
            case SQLITE -> {
                Dataset dataset = Dataset.sqlite(place, USERS);
                mixed(place, report, dataset, "SQLite", 0.30);
                cold(place, report, dataset, "SQLite", "", 0.12);
                mixed(place, report, dataset, "SQLite, JDK signatures", Double.NaN, "keys.signature-provider=jdk");
                cold(place, report, dataset, "SQLite, JDK signatures", "keys.signature-provider=jdk", Double.NaN);
            }
            case POSTGRES -> {
                try (PostgresServer server = PostgresServer.start(place)) {
                    mixed(place, report, Dataset.postgres(place, server, USERS), "PostgreSQL", 0.12);
                }
            }
        }
    }

    private static void mixed(
            Place place, Report report, Dataset dataset, String what, double target, String... settings)
            throws Exception {
        measure(place, report, dataset, "GET me, 10 % of tokens new, " + what, 10, target, settings);
    }

    private static void cold(Place place, Report report, Dataset dataset, String what, String setting, double target)
            throws Exception {
        String[] settings = setting.isEmpty() ? new String[0] : new String[] {setting};
        measure(place, report, dataset, "GET me, every token new, " + what, 1, target, settings);
    }

    private static void measure(
            Place place, Report report, Dataset dataset, String name, int coldEvery, double target, String... settings)
            throws Exception {
        Median ours = new Median();
        Median bare = new Median();
        try (Tokens tokens = new Tokens(dataset);
                Running server = Latchkey.start(place, dataset, settings);
                Running peer = Latchkey.startPeer(place)) {
            Path warm = tokens.write(place.out().resolve("tokens-warm"), USERS, USERS);
            Wrk plain = EdgeBench.plain(place, peer, "/");
            plain.run(place.seconds());
            load(place, server, tokens, warm, coldEvery);
            load(place, server, tokens, warm, coldEvery);
            for (int round = 0; round < place.rounds(); round++) {
                bare.add(plain.run(place.seconds()).perSecond());
                ours.add(load(place, server, tokens, warm, coldEvery).perSecond());
            }
            report.add(Figure.ratio(name, ours.get(), "/s", "bare Helidon", bare.get(), target));
            Memory.report(report, "resident memory after it", server);
        }
    }

    private static Wrk.Result load(Place place, Running server, Tokens tokens, Path warm, int coldEvery)
            throws IOException, InterruptedException {
        int fresh = place.seconds() * (coldEvery == 1 ? FASTEST : 6 * FASTEST / coldEvery);
        Path cold = tokens.write(place.out().resolve("tokens-cold"), fresh, USERS);
        return new Wrk(place.script("requests.lua"), server.url(ME))
                .with("TOKENS", warm)
                .with("COLD", cold)
                .with("COLD_EVERY", coldEvery)
                .run(place.seconds());
    }
}
