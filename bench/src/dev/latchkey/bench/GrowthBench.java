package dev.latchkey.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The same look-ups among 10 000 and among 1 000 000 users: who has a hundred times as many must not wait longer. */
final class GrowthBench implements Bench.Benchmark {
    private static final int FEW = 10_000;
    private static final int MANY = 1_000_000;
    private static final int PAGE = 10;
    private static final int QUERIES = 2_000;
    /** The same in both: what differs is how many others there are. */
    private static final int IN_HAND = 500;

    private final MeBench.Engine engine;

    GrowthBench(MeBench.Engine engine) {
        this.engine = engine;
    }

    /** The rates of one dataset. */
    private record Rates(Median byEmail, Median narrow, Median wide, Median page, Median refresh) {
        Rates() {
            this(new Median(), new Median(), new Median(), new Median(), new Median());
        }
    }

    @Override
    public void run(Place place, Report report) throws Exception {
        switch (engine) {
            case SQLITE -> compare(place, report, Dataset.sqlite(place, FEW), Dataset.sqlite(place, MANY), "SQLite");
            case POSTGRES -> {
                try (PostgresServer server = PostgresServer.start(place)) {
                    compare(
                            place,
                            report,
                            Dataset.postgres(place, server, FEW),
                            Dataset.postgres(place, server, MANY),
                            "PostgreSQL");
                }
            }
        }
    }

    private static void compare(Place place, Report report, Dataset few, Dataset many, String what) throws Exception {
        Rates small = new Rates();
        Rates large = new Rates();
        for (int round = 0; round < place.rounds(); round++) {
            measure(place, few, small);
            measure(place, many, large);
        }
        add(report, "look-up by e-mail, " + what, large.byEmail(), small.byEmail());
        add(report, "search by a long prefix, " + what, large.narrow(), small.narrow());
        add(report, "search by a short prefix, " + what, large.wide(), small.wide());
        add(report, "1 000th page, " + what, large.page(), small.page());
        add(report, "refresh, " + what, large.refresh(), small.refresh());
    }

    private static void add(Report report, String name, Median large, Median small) {
        report.add(Figure.growth("1 000 000 users: " + name, large.get(), "/s", "with 10 000", small.get()));
    }

    private static void measure(Place place, Dataset dataset, Rates rates) throws Exception {
        int seconds = Math.max(2, place.seconds() / 2);
        try (Tokens tokens = new Tokens(dataset);
                Running server = Latchkey.start(place, dataset, "mfa.required-roles=")) {
            String token = tokens.of(0);
            // As many digits as leave a handful of addresses, and the shortest that an administrator begins with.
            int digits = dataset.users() == FEW ? 3 : 5;
            // Warms up, the server's code and the database's buffers: each is asked for a short time only.
            for (List<String> paths : List.of(prefixes(digits), addresses(dataset), prefixes(1))) {
                load(place, server, token, paths).run(seconds);
            }
            rates.byEmail().add(load(place, server, token, addresses(dataset)).run(seconds).perSecond());
            rates.narrow().add(load(place, server, token, prefixes(digits)).run(seconds).perSecond());
            rates.wide().add(load(place, server, token, prefixes(1)).run(seconds).perSecond());
            rates.page().add(load(place, server, token, thousandthPages(dataset)).run(seconds).perSecond());
            RefreshBench.load(place, dataset, server, IN_HAND);
            rates.refresh().add(RefreshBench.load(place, dataset, server, IN_HAND).perSecond());
        }
    }

    private static Wrk load(Place place, Running server, String token, List<String> paths) throws IOException {
        Path file = place.out().resolve("paths");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (String path : paths) {
                out.write(path);
                out.write('\n');
            }
        }
        return new Wrk(place.script("requests.lua"), server.url("/"))
                .with("PATHS", file)
                .with("BEARER", token)
                .with("SHOW", 1)
                .connections(8);
    }

    private static List<String> addresses(Dataset dataset) {
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < QUERIES; i++) {
            paths.add(search(People.email((int) (i * 7919L % dataset.users()))));
        }
        return paths;
    }

    private static List<String> prefixes(int digits) {
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < QUERIES; i++) {
            paths.add(search(People.email(i).substring(0, 1 + digits)));
        }
        return paths;
    }

    private static String search(String prefix) {
        return "/api/v1/users?limit=" + PAGE + "&email=" + prefix.replace("@", "%40");
    }

    /** Newest first: what follows the 9 990th newest user. */
    private static List<String> thousandthPages(Dataset dataset) {
        int last = dataset.users() - 999 * PAGE;
        String position = People.createdAt(last) + "_" + People.user(last);
        return List.of("/api/v1/users?limit=" + PAGE + "&cursor=" + position);
    }
}
