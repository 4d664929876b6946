package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class AccessLogTest {
    @Test
    @DisplayName("whatever a client sends stays one JSON text on one line")
    void quoting() {
        String odd = "a\"b\\c\n\r\t\u0000\u007fé\u2028😀" + "x".repeat(2_000) + "\n".repeat(500);
        byte[] bytes = bytes(new LogLine().raw("{\"path\":").quoted(odd).raw("}"));
        assertThat(new String(bytes, StandardCharsets.US_ASCII))
                .doesNotContain("\n")
                .isPrintable();
        assertThat(JsonMapper.shared().readTree(bytes).get("path").asString()).isEqualTo(odd);
    }

    @Test
    @DisplayName("times have milliseconds and the second they fall in, in any order")
    void times() {
        InstantText text = new InstantText();
        for (String time : new String[] {
            "2026-11-20T10:00:00.000Z", "2026-11-20T10:00:00.007Z", "2026-11-20T10:00:00.070Z",
            "2026-11-20T10:00:59.999Z", "2026-11-20T09:59:59.100Z", "1969-12-31T23:59:59.999Z"
        }) {
            assertThat(text.of(Instant.parse(time).toEpochMilli())).isEqualTo(time);
        }
    }

    @Test
    @DisplayName("lines that nobody takes are bounded, and taken together")
    void bounded() throws InterruptedException {
        LineBuffer buffer = new LineBuffer();
        int taken = 0;
        while (buffer.add(new LogLine().raw("0123456789\n"))) {
            taken++;
        }
        assertThat(taken).isEqualTo((1 << 20) / 11);
        assertThat(buffer.take(LineBuffer.spare()).length()).isEqualTo(taken * 11);
        assertThat(buffer.add(new LogLine().raw("x"))).isTrue();
        buffer.close();
        assertThat(buffer.take(LineBuffer.spare()).length()).isEqualTo(1);
        assertThat(buffer.take(LineBuffer.spare()).length()).isZero();
    }

    private static byte[] bytes(LogLine line) {
        byte[] bytes = new byte[line.length()];
        line.copyTo(bytes, 0);
        return bytes;
    }
}
