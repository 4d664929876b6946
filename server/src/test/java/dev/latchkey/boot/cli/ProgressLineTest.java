package dev.latchkey.boot.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Long work shows how far it is")
class ProgressLineTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(written, true, UTF_8);
    private long nanos = 0;

    @Test
    @DisplayName("without a terminal: a plain line every five seconds, none for short work")
    void plain() {
        try (ProgressLine progress = line(false, "Importing", "users")) {
            for (int done = 1; done <= 11; done++) {
                pass(Duration.ofSeconds(1));
                progress.at(done * 100L, 2_000);
            }
        }
        assertThat(written.toString(UTF_8).lines())
                .containsExactly(
                        "Importing: 500 of 2000 users (25 %), about 15 s left.",
                        "Importing: 1000 of 2000 users (50 %), about 10 s left.");
    }

    @Test
    @DisplayName("without a known total: the count alone")
    void unknownTotal() {
        try (ProgressLine progress = line(false, "Importing", "users")) {
            pass(Duration.ofSeconds(5));
            progress.at(7, 0);
        }
        assertThat(written.toString(UTF_8)).isEqualTo("Importing: 7 users." + System.lineSeparator());
    }

    @Test
    @DisplayName("on a terminal: one line, drawn over itself and taken away at the end")
    void bar() {
        try (ProgressLine progress = line(true, "Copying", "rows")) {
            pass(Duration.ofMillis(50));
            progress.at(1, 10);
            pass(Duration.ofMillis(50));
            progress.at(5, 10);
            pass(Duration.ofMinutes(10));
            progress.at(9, 10);
        }
        String first = "[###############               ] Copying: 5 of 10 rows (50 %)";
        String second = "[###########################   ] Copying: 9 of 10 rows (90 %), about 67 s left";
        assertThat(written.toString(UTF_8))
                .isEqualTo("\r" + first + "\r" + second + "\r" + " ".repeat(second.length()) + "\r");
    }

    @Test
    @DisplayName("each phase has a clock of its own, and what the one before drew is taken away when it begins")
    void phases() {
        try (ProgressLine progress = new ProgressLine(out, true, () -> nanos)) {
            Progress.Phase copying = progress.begin("Copying", "rows");
            pass(Duration.ofMinutes(10));
            copying.at(5, 10);
            Progress.Phase checking = progress.begin("Checking", "");
            pass(Duration.ofSeconds(12));
            checking.at(0, 0);
            Progress.Phase packing = progress.begin("Packing", "bytes");
            pass(Duration.ofSeconds(4));
            packing.at(5, 10);
        }
        String copied = "[###############               ] Copying: 5 of 10 rows (50 %), about 10 min left";
        String checked = "Checking: 12 s so far";
        String packed = "[###############               ] Packing: 5 of 10 bytes (50 %), about 4 s left";
        assertThat(written.toString(UTF_8))
                .isEqualTo(drawnAndTaken(copied) + drawnAndTaken(checked) + drawnAndTaken(packed));
    }

    private static String drawnAndTaken(String text) {
        return "\r" + text + "\r" + " ".repeat(text.length()) + "\r";
    }

    private ProgressLine line(boolean terminal, String doing, String things) {
        ProgressLine line = new ProgressLine(out, terminal, () -> nanos);
        line.begin(doing, things);
        return line;
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
