package dev.latchkey.bench;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** An installation with imported users, taken from SQLite to PostgreSQL by {@code move}, which compares and proves it all. */
final class MoveBench implements Bench.Benchmark {
    private static final String DATABASE = "benchmove";
    private static final Pattern ROWS = Pattern.compile("\"rows\":(\\d+)");

    @Override
    public void run(Place place, Report report) throws Exception {
        int users = place.users();
        try (PostgresServer server = PostgresServer.start(place)) {
            server.dropDatabase(DATABASE);
            server.createDatabase(DATABASE);
            Path folder = place.out().resolve("move");
            ImportBench.imported(place, folder, users);
            Machine.begins();
            CommandRun run =
                    CommandRun.of(place, "move", "--to", server.url(DATABASE), "--data", folder.toString(), "--json");
            Machine.ends();
            long rows = ROWS.matcher(run.said())
                    .results()
                    .mapToLong(found -> Long.parseLong(found.group(1)))
                    .sum();
            String what = "move of " + Figure.number(users) + " users, " + Figure.number(rows) + " rows";
            report.add(Figure.reported(what, run.seconds(), "s"));
            report.add(Figure.reported("the same a second", users / run.seconds(), "users/s"));
            server.dropDatabase(DATABASE);
        }
    }
}
