package dev.latchkey.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrengthMeterTest {
    private static final Guessability GUESSABILITY = new Guessability();
    private static final StrengthMeter METER =
            new StrengthMeter(() -> GUESSABILITY, new PolicyCheck(() -> GUESSABILITY));

    @ParameterizedTest
    @CsvSource({
        "xkw,1",
        "xkwqzv7,2",
        "xkwqzvbn,2",
        "xkwqzvb7,3",
        "xKwqzvb7,4",
        "xKwqzv#7,5",
        "xKwqzv#7pLm2,6",
        "password,0",
        "PASSWORD123,0",
    })
    @DisplayName("S0-36 class score: 12 characters 2, 8 characters 1, one per class, 0 for a common password")
    void classScore(String password, int score) {
        assertThat(measure(password).classScore()).isEqualTo(score);
    }

    @Test
    @DisplayName("S0-36 S1-37 a weak password gets score 0, reasons, suggestions and a crack time, and is not valid")
    void explainsWeak() {
        PasswordStrength weak = measure("password");
        assertThat(weak.score()).isZero();
        assertThat(weak.valid()).isFalse();
        assertThat(weak.feedback()).contains("This password is too common.");
        assertThat(weak.suggestions()).isNotEmpty();
        assertThat(weak.crackTime()).isEqualTo("less than a second");
    }

    @Test
    @DisplayName("S1-37 a strong password gets score 4 and is valid")
    void praisesStrong() {
        PasswordStrength strong = measure("vivid-otter-juggles-nine-lamps");
        assertThat(strong.score()).isEqualTo(4);
        assertThat(strong.valid()).isTrue();
        assertThat(strong.feedback()).isEmpty();
    }

    @Test
    @DisplayName("S1-37 the owner's words make a password weaker")
    void knowsTheOwner() {
        String password = "zyxomma-trilobite";
        int before = measure(password).score();
        int after = METER.measure(PasswordPolicy.BALANCED, password, List.of("zyxomma", "trilobite"))
                .strength()
                .score();
        assertThat(after).isLessThan(before);
    }

    private static PasswordStrength measure(String password) {
        return METER.measure(PasswordPolicy.BALANCED, password, List.of()).strength();
    }
}
