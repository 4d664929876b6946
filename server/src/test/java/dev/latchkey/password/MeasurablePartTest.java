package dev.latchkey.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MeasurablePartTest {
    private static final String SYMBOLS = "4@8({[<369&#!1/|0$57%2+";
    private static final Guessability GUESSABILITY = new Guessability();

    @Test
    @DisplayName("S1-37 ordinary passwords and passphrases are measured whole; nothing longer than 128 code points is")
    void keepsOrdinaryOnes() {
        for (String whole :
                List.of("", "P@ssw0rd!", "correct horse battery staple", "a".repeat(128), "Tr0ub4dor&3 (1990)!")) {
            assertThat(MeasurablePart.of(whole)).isEqualTo(whole);
        }
        assertThat(MeasurablePart.of("🔑".repeat(200))).isEqualTo("🔑".repeat(128));
    }

    @Test
    @DisplayName("S1-37 no input of 128 code points takes long to measure, and what is cut was strong already")
    void boundsTheWorst() {
        Random random = new Random(3);
        long slowest = 0;
        for (int i = 0; i < 30; i++) {
            String worst = random.ints(128, 0, SYMBOLS.length())
                    .mapToObj(SYMBOLS::charAt)
                    .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
                    .toString();
            assertThat(MeasurablePart.of(worst).length()).isBetween(10, 127);
            long start = processorTime();
            assertThat(GUESSABILITY.estimate(worst, List.of()).score()).isEqualTo(4);
            slowest = Math.max(slowest, processorTime() - start);
        }
        // Without the cut each takes 1 to 6 s; the margin is for code that is not compiled yet.
        assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofSeconds(1));
    }

    /** Of this thread alone: other tests and processes do not count. */
    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
