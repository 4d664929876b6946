package dev.latchkey.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SqliteReadersTest {
    private static final Path IO = Path.of("/proc/thread-self/io");
    private static final int READERS = 2;
    private static final int ROWS = 1_000;
    private static final int ROW_BYTES = 2_000;

    private final TestDatabase test = TestDatabase.on(Engine.SQLITE);
    private final SqliteDatabase db;

    SqliteReadersTest() {
        DatabaseAddress.SqliteFile file =
                (DatabaseAddress.SqliteFile) test.config().address();
        this.db = SqliteDatabase.open(file.file(), READERS);
    }

    @AfterEach
    void close() {
        db.close();
        test.close();
    }

    @Test
    @DisplayName("a reader keeps what it read, and gives it back once it has rested for two turns")
    void givesBack() throws IOException {
        assumeThat(IO).as("Linux tells how many bytes a thread read").isReadable();
        fill();
        readAll();
        assertThat(bytesReadAgain()).isLessThan(ROW_BYTES);
        db.rest();
        assertThat(bytesReadAgain()).as("used since the last turn").isLessThan(ROW_BYTES);
        db.rest();
        assertThat(bytesReadAgain()).as("used since the last turn").isLessThan(ROW_BYTES);
        db.rest();
        db.rest();
        assertThat(bytesReadAgain()).isGreaterThan((long) ROWS * ROW_BYTES);
    }

    @Test
    @DisplayName(
            "however often idle readers are looked at, there are never more than may be, and every read is answered")
    void neverMore() throws Exception {
        fill();
        Set<Connection> seen = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                all.add(callers.submit(() -> {
                    db.rest();
                    seen.add(db.<Connection>read(sql -> sql.handle().getConnection()));
                    return readAll();
                }));
            }
            for (Future<?> one : all) {
                assertThat(one.get()).isEqualTo((long) ROWS * ROW_BYTES);
            }
        }
        assertThat(seen).hasSizeBetween(1, READERS);
    }

    private void fill() {
        String value = "x".repeat(ROW_BYTES);
        db.tx(tx -> {
            for (int i = 0; i < ROWS; i++) {
                tx.handle()
                        .createUpdate("INSERT INTO ephemeral (kind, entry, value, tally, expires_at)"
                                + " VALUES ('test', :entry, :value, 0, 0)")
                        .bind("entry", "entry-" + i)
                        .bind("value", value)
                        .execute();
            }
            return value;
        });
    }

    private long readAll() {
        return db.read(sql -> sql.handle()
                .createQuery("SELECT SUM(length(value)) FROM ephemeral")
                .mapTo(Long.class)
                .one());
    }

    /** How many bytes this thread takes from the system for it. */
    private long bytesReadAgain() throws IOException {
        long before = bytesRead();
        readAll();
        // What it takes to ask is in both.
        long asking = bytesRead();
        return asking - before - (bytesRead() - asking);
    }

    private static long bytesRead() throws IOException {
        return Files.readAllLines(IO).stream()
                .filter(line -> line.startsWith("rchar: "))
                .mapToLong(line -> Long.parseLong(line.substring("rchar: ".length())))
                .sum();
    }
}
