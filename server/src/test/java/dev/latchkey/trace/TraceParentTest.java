package dev.latchkey.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TraceParentTest {
    private static final String EXAMPLE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    @DisplayName("W3C Trace Context 3.2.3, the examples")
    void examples() {
        TraceParent parent = TraceParent.parse(EXAMPLE).orElseThrow();
        assertThat(parent.sampled()).isTrue();
        assertThat(parent).hasToString(EXAMPLE);
        assertThat(TraceParent.parse(EXAMPLE.replace("-01", "-00"))
                        .orElseThrow()
                        .sampled())
                .isFalse();
    }

    @Test
    @DisplayName("W3C Trace Context 3.2.2, what is not valid is as if it were not there")
    void invalid() {
        for (String header : List.of(
                "",
                "x",
                EXAMPLE + "-",
                EXAMPLE + "0",
                EXAMPLE.toUpperCase(Locale.ROOT),
                EXAMPLE.replace("4bf9", "4bg9"),
                "ff" + EXAMPLE.substring(2),
                EXAMPLE.replace("4bf92f3577b34da6a3ce929d0e0e4736", "0".repeat(32)),
                EXAMPLE.replace("00f067aa0ba902b7", "0".repeat(16)),
                EXAMPLE.replace('-', '_'))) {
            assertThat(TraceParent.parse(header)).as(header).isEmpty();
        }
    }

    @Test
    @DisplayName("W3C Trace Context 4.3, of a version to come what is known is read")
    void later() {
        assertThat(TraceParent.parse("cc" + EXAMPLE.substring(2))).isPresent();
        assertThat(TraceParent.parse("cc" + EXAMPLE.substring(2) + "-what-comes"))
                .isPresent();
        assertThat(TraceParent.parse("cc" + EXAMPLE.substring(2) + "what-comes"))
                .isEmpty();
    }
}
