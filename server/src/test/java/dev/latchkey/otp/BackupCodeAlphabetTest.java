package dev.latchkey.otp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BackupCodeAlphabetTest {
    @Test
    @DisplayName(
            "N2 C7 the alphabet has no characters that are taken for one another, and twelve of it are over 50 bits")
    void alphabet() {
        assertThat(BackupCodes.ALPHABET).doesNotContain("0", "O", "1", "I", "L").matches("[A-Z2-9]+");
        assertThat(BackupCodes.ALPHABET.chars().distinct().count()).isEqualTo(BackupCodes.ALPHABET.length());
        double bits = BackupCodes.LENGTH * Math.log(BackupCodes.ALPHABET.length()) / Math.log(2);
        assertThat(bits).isGreaterThan(50);
    }
}
