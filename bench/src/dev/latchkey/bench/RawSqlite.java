package dev.latchkey.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Prints how many transactions of one row a second one thread commits, WAL with synchronous=FULL. Arguments: folder, seconds. */
final class RawSqlite {
    private RawSqlite() {}

    /** In a JVM of its own, in which {@code environment} is in force. */
    static double measure(Place place, Map<String, String> environment) throws IOException, InterruptedException {
        List<String> command = place.java("128m", RawSqlite.class, place.out().toString(), "2");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String rate = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        process.waitFor();
        return Double.parseDouble(rate);
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory(Path.of(arguments[0]), "raw-sqlite");
        double seconds = Double.parseDouble(arguments[1]);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("raw.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode=WAL");
            statement.execute("PRAGMA synchronous=FULL");
            statement.execute("CREATE TABLE raw (id TEXT PRIMARY KEY, hash TEXT NOT NULL, at INTEGER NOT NULL)");
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO raw VALUES (?, ?, ?)")) {
                String hash = "h".repeat(43);
                double rate = Rate.of(1, seconds, thread -> () -> {
                    insert.setString(1, UUID.randomUUID().toString());
                    insert.setString(2, hash);
                    insert.setLong(3, System.nanoTime());
                    return insert.executeUpdate();
                });
                System.out.println(rate);
            }
        } finally {
            Place.delete(folder);
        }
    }
}
