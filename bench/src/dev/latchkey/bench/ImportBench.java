package dev.latchkey.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** People of another system, taken in by {@code users import} with the hashes that they had there, into SQLite. */
final class ImportBench implements Bench.Benchmark {
    private static final String BCRYPT = "$2a$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW";

    private static final String ROW = """
            {"sourceId":"%d","email":"%s","emailVerified":true,"name":"Person %d","passwordHash":"%s"}
            """;

    @Override
    public void run(Place place, Report report) throws Exception {
        int users = place.users();
        CommandRun run = imported(place, place.out().resolve("import"), users);
        report.add(Figure.reported("import of " + Figure.number(users) + " users, SQLite", run.seconds(), "s"));
        report.add(Figure.reported("the same a second", users / run.seconds(), "users/s"));
    }

    /** Makes the folder anew, with these users in its database. */
    static CommandRun imported(Place place, Path folder, int users) throws IOException, InterruptedException {
        Place.delete(folder);
        Files.createDirectories(folder);
        Path file = folder.resolve("users.jsonl");
        write(file, users, Dataset.hash(place));
        CommandRun.of(place, "migrate", "--data", folder.toString());
        Machine.begins();
        CommandRun run = CommandRun.of(place, "users", "import", file.toString(), "--data", folder.toString(), "--json");
        Machine.ends();
        if (!run.said().contains("\"created\":" + users + ",")) {
            throw new IOException("not everybody was taken in: " + run.said());
        }
        return run;
    }

    /** Every other one with a bcrypt hash. Nothing is hashed by an import, so all may have the same two. */
    private static void write(Path file, int users, String argon2) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int number = 0; number < users; number++) {
                out.write(ROW.formatted(number, People.email(number), number, number % 2 == 0 ? BCRYPT : argon2));
            }
        }
    }
}
