package dev.latchkey.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.config.Settings;
import dev.latchkey.config.SettingsException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordConfigTest {
    @Test
    @DisplayName("the defaults are the preset balanced, with the breach check on and a thread per processor")
    void defaults() {
        int processors = Runtime.getRuntime().availableProcessors();
        assertThat(PasswordConfig.defaults())
                .isEqualTo(new PasswordConfig(
                        PasswordPolicy.BALANCED,
                        Argon2Parameters.STANDARD,
                        new PasswordConfig.Hashing(processors, 50 * processors, 2, Duration.ofSeconds(5)),
                        true,
                        URI.create("https://api.pwnedpasswords.com/range/"),
                        Duration.ofSeconds(2),
                        List.of()));
    }

    @Test
    @DisplayName("S1-36 S1-37 strict brings its own cost; single values override the preset")
    void overrides() {
        PasswordConfig strict = from(Map.of("password.preset", "strict"));
        assertThat(strict.policy()).isEqualTo(PasswordPolicy.STRICT);
        assertThat(strict.argon2()).isEqualTo(Argon2Parameters.STRICT);
        PasswordConfig mixed = from(Map.of(
                "password.min-length", "15",
                "password.history", "0",
                "password.argon2-memory-kib", "32768",
                "password.argon2-iterations", "3",
                "password.argon2-parallelism", "2",
                "password.hashing-threads", "3",
                "password.hashing-queue", "7",
                "password.hashing-waiting-per-address", "4",
                "password.breach-check", "false",
                "password.context-words", "Acme,Anvil"));
        assertThat(mixed.policy().minLength()).isEqualTo(15);
        assertThat(mixed.policy().history()).isZero();
        assertThat(mixed.argon2()).isEqualTo(new Argon2Parameters(32_768, 3, 2, 16));
        assertThat(mixed.hashing()).isEqualTo(new PasswordConfig.Hashing(3, 7, 4, Duration.ofSeconds(5)));
        assertThat(mixed.breachCheck()).isFalse();
        assertThat(mixed.contextWords()).containsExactly("Acme", "Anvil");
    }

    @ParameterizedTest
    @CsvSource({"4096,32", "7168,4", "19456,1"})
    @DisplayName("a cost below the floor is refused")
    void refusesWeakCost(String memory, String iterations) {
        assertThatThrownBy(() ->
                        from(Map.of("password.argon2-memory-kib", memory, "password.argon2-iterations", iterations)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("too weak");
    }

    @Test
    @DisplayName("a cost whose hashes could not be verified again is refused at the start, not at the first login")
    void refusesExcessiveCost() {
        assertThatThrownBy(
                        () -> from(Map.of("password.argon2-memory-kib", "262144", "password.argon2-iterations", "5")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("too much");
        assertThat(from(Map.of("password.argon2-memory-kib", "262144", "password.argon2-iterations", "4"))
                        .argon2()
                        .memoryKib())
                .isEqualTo(262_144);
    }

    @ParameterizedTest
    @CsvSource({
        "password.argon2-memory-kib,262145",
        "password.min-length,7",
        "password.breach-url,ftp://example.com/",
        "password.breach-url,https://example.com/range",
        "password.hashing-waiting-per-address,0",
        "password.preset,lax"
    })
    @DisplayName("a bad value is refused by name")
    void refusesBadValues(String key, String value) {
        assertThatThrownBy(() -> from(Map.of(key, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(key);
    }

    private static PasswordConfig from(Map<String, String> values) {
        return PasswordConfig.from(Settings.of(PasswordConfig.settings(), values));
    }
}
