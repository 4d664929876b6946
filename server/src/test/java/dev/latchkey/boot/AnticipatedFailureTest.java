package dev.latchkey.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnticipatedFailureTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName("a full disk is told with what to do")
    void fullDisk() {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(full));
        Throwable failure = catchThrowable(() -> {
            try (OutputStream out = Files.newOutputStream(full)) {
                out.write(1);
            }
        });
        assertThat(AnticipatedFailure.sentences(failure))
                .hasValueSatisfying(says -> assertThat(says).endsWith("Make room on the disk, then run this again."));
    }

    @Test
    @DisplayName("a file that is not there is named, whichever way its exception comes")
    void absent() {
        Path file = folder.resolve("absent");
        Throwable failure = catchThrowable(() -> Files.readString(file));
        String says = file + " cannot be used: there is no such file or folder. Check the path.";
        assertThat(AnticipatedFailure.sentences(failure)).contains(says);
        assertThat(AnticipatedFailure.sentences(new UncheckedIOException((IOException) failure)))
                .contains(says);
    }

    @Test
    @DisplayName("a database that is full or away is told; a statement that it refuses is a failure of the program")
    void databases() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("small.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA max_page_count = 3");
            statement.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, filling TEXT NOT NULL)");
            Throwable full =
                    catchThrowable(() -> statement.execute("INSERT INTO t VALUES (1, '" + "x".repeat(100_000) + "')"));
            assertThat(AnticipatedFailure.sentences(full))
                    .hasValueSatisfying(says -> assertThat(says).contains("full", "run this again"));
            Throwable refused = catchThrowable(() -> statement.execute("INSERT INTO t VALUES (1, NULL)"));
            assertThat(AnticipatedFailure.sentences(refused)).isEmpty();
        }
        Throwable away =
                catchThrowable(() -> DriverManager.getConnection("jdbc:postgresql://127.0.0.1:1/none", "a", "b"));
        assertThat(AnticipatedFailure.sentences(away))
                .hasValueSatisfying(says -> assertThat(says).contains("refused", "Check that the database runs"));
        assertThat(AnticipatedFailure.sentences(new IllegalStateException("a mistake")))
                .isEmpty();
    }
}
