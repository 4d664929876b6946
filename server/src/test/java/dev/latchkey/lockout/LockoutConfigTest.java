package dev.latchkey.lockout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.config.Settings;
import dev.latchkey.config.SettingsException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LockoutConfigTest {
    @Test
    @DisplayName("S1-40 the default is five failures and 30 minutes")
    void defaults() {
        assertThat(LockoutConfig.defaults())
                .isEqualTo(new LockoutConfig(5, Duration.ofMinutes(30), Duration.ofMinutes(30)));
    }

    @Test
    @DisplayName("every value can be set; N5 more than 100 failures cannot")
    void overrides() {
        Map<String, String> given =
                Map.of("lockout.threshold", "10", "lockout.duration", "1h", "lockout.window", "15m");
        assertThat(LockoutConfig.from(Settings.of(LockoutConfig.settings(), given)))
                .isEqualTo(new LockoutConfig(10, Duration.ofHours(1), Duration.ofMinutes(15)));
        assertThatThrownBy(() -> Settings.of(LockoutConfig.settings(), Map.of("lockout.threshold", "101")))
                .isInstanceOf(SettingsException.class);
        assertThatThrownBy(() -> Settings.of(LockoutConfig.settings(), Map.of("lockout.duration", "0s")))
                .isInstanceOf(SettingsException.class);
    }
}
