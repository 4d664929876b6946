package dev.latchkey.db;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Inserts rows for ever from several callers and prints each one's name once it was acknowledged, until it is killed. */
final class CrashingWriter {
    static final String PREFIX = "acknowledged ";
    private static final int CALLERS = 16;

    private CrashingWriter() {}

    /** Arguments: the data folder, the database address or "", and a prefix for the rows of this run. */
    public static void main(String[] arguments) {
        Path data = Path.of(arguments[0]);
        DatabaseConfig config = new DatabaseConfig(DatabaseAddress.of(arguments[1], data), data, 8, 2);
        Migrations.of(config).migrate();
        Database db = Databases.open(config);
        AtomicInteger next = new AtomicInteger();
        PrintStream out = System.out;
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CALLERS; i++) {
                callers.execute(() -> {
                    while (true) {
                        int number = next.incrementAndGet();
                        String entry = arguments[2] + number;
                        // Not the ephemeral table, which may be emptied by a crash of PostgreSQL.
                        db.tx(tx -> tx.handle()
                                .createUpdate("INSERT INTO change (seq, tenant_id, kind, subject, value, expires_at)"
                                        + " VALUES (:seq, 'main', 'crash', :entry, '', 0)")
                                .bind("seq", arguments[2].hashCode() * 1_000_000L + number)
                                .bind("entry", entry)
                                .execute());
                        out.println(PREFIX + entry + ".");
                    }
                });
            }
        }
    }
}
