package dev.latchkey.password;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CalibrationServiceTest {
    private static final long PLENTY_MIB = 100_000;

    @Test
    @DisplayName("the most memory that fits the time is chosen, with as many passes as the time leaves")
    void choosesMemoryBeforePasses() {
        Calibration calibration = ofMachine(0.5, PLENTY_MIB).run(Duration.ofMillis(150), (done, all) -> {});

        assertThat(calibration.withinTarget()).isTrue();
        assertThat(calibration.chosen().parameters()).isEqualTo(new Argon2Parameters(128 * 1024, 2, 1, 16));
        assertThat(calibration.measured())
                .extracting(cost -> cost.parameters().memoryKib() / 1024 + "x"
                        + cost.parameters().iterations())
                .containsExactly("19x10", "32x9", "46x6", "64x4", "96x3", "128x2", "192x2");
    }

    @Test
    @DisplayName("N1 OWASP: on a slow machine the least that is safe is chosen, never less")
    void neverBelowTheFloor() {
        Calibration calibration = ofMachine(50, PLENTY_MIB).run(Duration.ofMillis(100), (done, all) -> {});

        assertThat(calibration.withinTarget()).isFalse();
        assertThat(calibration.chosen().parameters()).isEqualTo(Argon2Parameters.STANDARD);
        assertThat(calibration.measured()).allMatch(cost -> cost.parameters().meetsFloor());
    }

    @Test
    @DisplayName("what is chosen can be configured, however fast the machine and small its memory")
    void staysWithinBounds() {
        assertThat(List.of(64L, 1024L, PLENTY_MIB)).allSatisfy(memory -> {
            Calibration calibration = ofMachine(0.001, memory).run(Duration.ofSeconds(5), (done, all) -> {});
            Argon2Parameters chosen = calibration.chosen().parameters();
            assertThat(calibration.chosen().memoryMib(calibration.threads())).isLessThanOrEqualTo(memory);
            PasswordConfig config = PasswordConfig.from(Settings.of(
                    PasswordConfig.settings(),
                    Map.of(
                            "password.argon2-memory-kib",
                            Integer.toString(chosen.memoryKib()),
                            "password.argon2-iterations",
                            Integer.toString(chosen.iterations()))));
            assertThat(config.argon2()).isEqualTo(chosen);
        });
    }

    @Test
    @DisplayName("real hashes are measured on the configured number of threads, and progress reaches its end")
    void measures() {
        List<Integer> told = new ArrayList<>();
        PasswordConfig config = config("2");

        Calibration calibration = new CalibrationService(config, 64).run(Duration.ofMillis(60), (done, all) -> {
            assertThat(done).isLessThanOrEqualTo(all);
            told.add(done);
        });

        assertThat(told).isSorted().startsWith(1).hasSize(calibration.measured().size() + 1);
        assertThat(calibration.threads()).isEqualTo(2);
        assertThat(calibration.inForce().parameters()).isEqualTo(Argon2Parameters.STANDARD);
        assertThat(calibration.measured()).isNotEmpty().allSatisfy(cost -> {
            assertThat(cost.alone()).isPositive();
            assertThat(cost.busy()).isPositive();
            assertThat(cost.perSecond()).isPositive();
        });
    }

    /** A machine that takes {@code millis} for a pass over a MiB. */
    private static CalibrationService ofMachine(double millis, long memoryMib) {
        return new CalibrationService(config("2"), memoryMib, parameters -> {
            double taken = millis * parameters.memoryKib() / 1024 * parameters.iterations();
            Duration time = Duration.ofNanos((long) (taken * 1e6));
            return new Argon2Cost(parameters, time, time, 2000 / taken);
        });
    }

    private static PasswordConfig config(String threads) {
        return PasswordConfig.from(Settings.of(PasswordConfig.settings(), Map.of("password.hashing-threads", threads)));
    }
}
