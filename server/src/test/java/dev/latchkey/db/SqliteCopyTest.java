package dev.latchkey.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteCopyTest {
    private static final int ROWS = 6_000;

    @TempDir
    Path folder;

    @Test
    @DisplayName(
            "a copy holds what was committed when it began, is not begun anew by writers, and does not make them wait")
    void underWrites() throws IOException {
        Path source = folder.resolve("latchkey.db");
        Path target = folder.resolve("copy.db");
        List<Long> steps = new ArrayList<>();
        try (Database database = filled(source)) {
            SqliteCopy.copy(source, target, (done, all) -> {
                steps.add(done);
                // Between two steps, from another connection: a copy without a snapshot would begin anew.
                database.tx(tx -> insert(tx, "meanwhile-" + steps.size()));
            });
        }
        assertThat(steps).hasSizeGreaterThan(3).isSorted();
        AtomicInteger told = new AtomicInteger();
        SqliteCopy.check(target, told::incrementAndGet);
        assertThat(told).hasPositiveValue();
        assertThat(SqliteCopy.isOneFile(target)).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                .isEqualTo("rw-------");
        try (Database copy = Databases.open(config(target))) {
            Integer rows = copy.read(sql -> sql.handle()
                    .createQuery("SELECT COUNT(*) FROM t")
                    .mapTo(int.class)
                    .one());
            assertThat(rows).isEqualTo(ROWS);
        }
    }

    @Test
    @DisplayName("a damaged file is told, and so is one that is no database")
    void damaged() throws IOException {
        Path source = folder.resolve("latchkey.db");
        filled(source).close();
        SqliteCopy.check(source, () -> {});
        try (RandomAccessFile bytes = new RandomAccessFile(source.toFile(), "rw")) {
            bytes.seek(bytes.length() / 2);
            bytes.write(new byte[16_384]);
        }
        assertThatThrownBy(() -> SqliteCopy.check(source, () -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is damaged");
        Path text = Files.writeString(folder.resolve("text"), "no database ".repeat(1000), StandardCharsets.UTF_8);
        assertThatThrownBy(() -> SqliteCopy.check(text, () -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is damaged");
    }

    private Database filled(Path file) {
        Database database = Databases.open(config(file));
        database.tx(tx -> tx.handle().execute("CREATE TABLE t (id TEXT PRIMARY KEY, filling TEXT NOT NULL) STRICT"));
        database.tx(tx -> {
            for (int row = 0; row < ROWS; row++) {
                insert(tx, "row-" + row);
            }
            return ROWS;
        });
        return database;
    }

    private static int insert(Tx tx, String id) {
        return tx.handle().execute("INSERT INTO t VALUES (?, ?)", id, "x".repeat(4_000));
    }

    private DatabaseConfig config(Path file) {
        return new DatabaseConfig(new DatabaseAddress.SqliteFile(file), folder, 4, 2);
    }
}
