package dev.latchkey.boot.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class QueuedLinesTest {
    private static final Duration WAIT = Duration.ofSeconds(20);

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void everyLineIsWrittenInOrderBeforeTheEnd() throws IOException {
        QueuedLines lines = new QueuedLines(written, QueuedLinesTest::gap);
        for (int i = 0; i < 3000; i++) {
            lines.write((i + "\n").getBytes(UTF_8));
        }
        lines.finish(WAIT);
        lines.write("after\n".getBytes(UTF_8));
        List<String> found = written.toString(UTF_8).lines().toList();
        assertThat(found).hasSize(3001).startsWith("0", "1", "2").endsWith("2999", "after");
        assertThat(lines.dropped()).isZero();
    }

    @Test
    void aReaderThatStopsHoldsNobodyUpAndTheGapIsTold() throws IOException {
        CountDownLatch reading = new CountDownLatch(1);
        QueuedLines lines = new QueuedLines(new Stalled(written, reading), QueuedLinesTest::gap);
        for (int i = 0; i < 10_000; i++) {
            lines.write((i + "\n").getBytes(UTF_8));
        }
        long dropped = lines.dropped();
        assertThat(dropped).isBetween(5_000L, 6_000L);
        reading.countDown();
        lines.finish(WAIT);
        List<String> found = written.toString(UTF_8).lines().toList();
        assertThat(found).contains("gap of " + dropped);
        assertThat(found.stream().filter(line -> !line.startsWith("gap"))).hasSize((int) (10_000 - dropped));
    }

    private static byte[] gap(long lost) {
        return ("gap of " + lost + "\n").getBytes(UTF_8);
    }

    /** Writes nothing until told to. */
    private static final class Stalled extends OutputStream {
        private final OutputStream out;
        private final CountDownLatch reading;

        private Stalled(OutputStream out, CountDownLatch reading) {
            this.out = out;
            this.reading = reading;
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            boolean interrupted = false;
            while (true) {
                try {
                    reading.await();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            out.write(bytes);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void write(int single) throws IOException {
            write(new byte[] {(byte) single});
        }
    }
}
