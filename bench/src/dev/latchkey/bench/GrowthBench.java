package dev.latchkey.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The same look-ups among 10 000 and among 1 000 000 users: who has a hundred times as many must not wait longer. */
final class GrowthBench implements Bench.Benchmark {
    private static final int FEW = 10_000;
    private static final int MANY = 1_000_000;
    private static final int PAGE = 10;
    private static final int QUERIES = 2_000;
    /** The same in both: what differs is how many others there are. */
    private static final int IN_HAND = 500;
    /** Administrators sign in with a password alone. */
    private static final String ANY_ADMINISTRATOR = "mfa.required-roles=";

    private final MeBench.Engine engine;

    GrowthBench(MeBench.Engine engine) {
        this.engine = engine;
    }

    /** What administrators and clients ask for, by the name of its figure. */
    private enum Load {
        EMAIL("look-up by e-mail"),
        LONG_PREFIX("search by a long prefix"),
        SHORT_PREFIX("search by a short prefix"),
        PAGE("1 000th page"),
        REFRESH("refresh");

        private final String name;

        Load(String name) {
            this.name = name;
        }
    }

    /** A server over one dataset, with the rates that it reached. */
    private record Side(Dataset dataset, Tokens tokens, Running server, Map<Load, Median> rates)
            implements AutoCloseable {
        Side(Dataset dataset, Tokens tokens, Running server) {
            this(dataset, tokens, server, new EnumMap<>(Load.class));
            for (Load load : Load.values()) {
                rates.put(load, new Median());
            }
        }

        Wrk.Result run(Place place, Load load) throws IOException, InterruptedException {
            if (load == Load.REFRESH) {
                return RefreshBench.load(place, dataset, server, IN_HAND);
            }
            return wrk(place, server, tokens.of(0), paths(dataset, load)).run(place.seconds());
        }

        @Override
        public void close() throws Exception {
            server.close();
            tokens.close();
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

    /** Both servers stand side by side and are asked the same in turn, so that neither has the better minute. */
    private static void compare(Place place, Report report, Dataset few, Dataset many, String what) throws Exception {
        try (Side small = new Side(few, new Tokens(few), Latchkey.start(place, few, ANY_ADMINISTRATOR));
                Side large = new Side(many, new Tokens(many), Latchkey.startSecond(place, many, ANY_ADMINISTRATOR))) {
            // The first round is for the compilers and the buffers of the database.
            for (int round = 0; round <= place.rounds(); round++) {
                for (Load load : Load.values()) {
                    for (Side side : List.of(small, large)) {
                        double rate = side.run(place, load).perSecond();
                        if (round > 0) {
                            side.rates().get(load).add(rate);
                        }
                    }
                }
            }
            for (Load load : Load.values()) {
                report.add(Figure.growth(
                        "1 000 000 users: " + load.name + ", " + what,
                        large.rates().get(load).get(),
                        "/s",
                        "with 10 000",
                        small.rates().get(load).get()));
            }
        }
    }

    private static Wrk wrk(Place place, Running server, String token, List<String> paths) throws IOException {
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

    private static List<String> paths(Dataset dataset, Load load) {
        return switch (load) {
            case EMAIL -> addresses(dataset);
            // As many digits as leave a handful of addresses, and the shortest that an administrator begins with.
            case LONG_PREFIX -> prefixes(dataset.users() == FEW ? 3 : 5);
            case SHORT_PREFIX -> prefixes(1);
            case PAGE -> thousandthPages(dataset);
            case REFRESH -> List.of();
        };
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
