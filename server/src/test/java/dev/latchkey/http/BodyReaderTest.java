package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BodyReaderTest {
    private final BodyRoom room = new BodyRoom(10_000);

    @Test
    void whatIsReadHoldsItsRoomUntilItIsReleased() {
        BodyReader reader = new BodyReader(8_000, Duration.ofMinutes(1), room);
        byte[] first = reader.read(body(6_000), 0);
        assertThat(room.left()).isEqualTo(4_000);
        assertThatThrownBy(() -> reader.read(body(6_000), 0))
                .satisfies(thrown -> isProblem(thrown, ErrorCode.SERVICE_UNAVAILABLE));
        assertThat(room.left()).isEqualTo(4_000);

        reader.release(first);

        assertThat(room.left()).isEqualTo(10_000);
    }

    @Test
    void whatIsRefusedHoldsNone() {
        BodyReader reader = new BodyReader(5_000, Duration.ofMinutes(1), room);
        assertThatThrownBy(() -> reader.read(body(5_001), 0))
                .satisfies(thrown -> isProblem(thrown, ErrorCode.PAYLOAD_TOO_LARGE));
        for (Exception failure : List.of(new IOException("left"), new IllegalStateException("left"))) {
            InputStream partly = new SequenceInputStream(body(100), new BreakingOff(failure));
            assertThatThrownBy(() -> reader.read(partly, 0))
                    .satisfies(thrown -> isProblem(thrown, ErrorCode.INVALID_REQUEST));
        }
        assertThat(room.left()).isEqualTo(10_000);
    }

    @Test
    @DisplayName("API4 a body that never comes is given up, however the reading waits")
    void stalls() throws IOException {
        BodyReader reader = new BodyReader(5_000, Duration.ofMillis(50), room);
        try (PipedInputStream stalled = new PipedInputStream(new PipedOutputStream())) {
            assertThatThrownBy(() -> reader.read(stalled, 0))
                    .satisfies(thrown -> isProblem(thrown, ErrorCode.INVALID_REQUEST));
        }
        assertThatThrownBy(() -> reader.read(new EndingWhenInterrupted(), 0))
                .satisfies(thrown -> isProblem(thrown, ErrorCode.INVALID_REQUEST));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(room.left()).isEqualTo(10_000);
    }

    private static void isProblem(Throwable thrown, ErrorCode code) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }

    private static InputStream body(int length) {
        return new ByteArrayInputStream(new byte[length]);
    }

    private static final class BreakingOff extends InputStream {
        private final Exception failure;

        BreakingOff(Exception failure) {
            this.failure = failure;
        }

        @Override
        public int read() throws IOException {
            if (failure instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw (IOException) failure;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            return read();
        }
    }

    /** As the web server's HTTP/2 streams do. */
    private static final class EndingWhenInterrupted extends InputStream {
        @Override
        public int read() {
            while (!Thread.interrupted()) {
                Thread.onSpinWait();
            }
            return -1;
        }

        @Override
        public int read(byte[] into, int from, int length) {
            return read();
        }
    }
}
