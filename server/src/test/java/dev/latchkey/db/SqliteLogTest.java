package dev.latchkey.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SqliteLogTest {
    private static final int MIB = 1 << 20;

    @TempDir
    Path folder;

    private SqliteDatabase db;

    @BeforeEach
    void open() {
        Migrations.of(DatabaseConfig.sqliteIn(folder)).migrate();
        db = SqliteDatabase.open(folder.resolve("latchkey.db"), 3);
        db.tx(tx -> tx.handle().execute("CREATE TABLE lump (number INTEGER PRIMARY KEY, content BLOB NOT NULL)"));
    }

    @AfterEach
    void close() {
        db.close();
    }

    /** The largest that the log was while a quarter of a gigabyte was written, a MiB a transaction. */
    private long largestLog() throws Exception {
        long largest = 0;
        for (int i = 0; i < 256; i++) {
            db.bulk(tx -> tx.handle()
                    .execute("INSERT OR REPLACE INTO lump (number, content) VALUES (?, zeroblob(?))", 1, MIB));
            largest = Math.max(largest, Files.size(folder.resolve("latchkey.db-wal")) / MIB);
        }
        return largest;
    }

    @Test
    @DisplayName("bulk work in large transactions does not make the log grow")
    void bulk() throws Exception {
        assertThat(largestLog()).isLessThan(64);
    }

    @Test
    @DisplayName("readers that take turns without a pause do not make the log grow")
    void readers() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int reader = 0; reader < 2; reader++) {
                threads.execute(() -> {
                    while (!done.get()) {
                        db.read(this::slowly);
                    }
                });
            }
            try {
                assertThat(largestLog()).isLessThan(128);
            } finally {
                done.set(true);
            }
        }
    }

    private long slowly(Sql sql) {
        return sql.handle().createQuery("""
                        WITH RECURSIVE n (i) AS (SELECT count(*) FROM lump UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
                        SELECT count(*) FROM n""").mapTo(Long.class).one();
    }
}
