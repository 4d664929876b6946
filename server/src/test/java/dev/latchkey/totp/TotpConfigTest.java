package dev.latchkey.totp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.config.Settings;
import dev.latchkey.config.SettingsException;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpConfigTest {
    @Test
    @DisplayName("S1-19 C6 the defaults are six digits of SHA-1, window 1, and the application's name")
    void defaults() {
        assertThat(config(Map.of())).isEqualTo(new TotpConfig(1, TotpAlgorithm.SHA1, 6, "Acme", 5));
    }

    @Test
    void everySettingIsRead() {
        assertThat(config(Map.of(
                        "mfa.totp.window", "2",
                        "mfa.totp.algorithm", "sha512",
                        "mfa.totp.digits", "8",
                        "mfa.totp.issuer", "PRP API",
                        "mfa.totp.max-devices", "2")))
                .isEqualTo(new TotpConfig(2, TotpAlgorithm.SHA512, 8, "PRP API", 2));
    }

    @ParameterizedTest
    @CsvSource({
        "mfa.totp.window, 3",
        "mfa.totp.window, -1",
        "mfa.totp.digits, 7",
        "mfa.totp.digits, 5",
        "mfa.totp.algorithm, md5",
        "mfa.totp.max-devices, 0"
    })
    void whatWeakensIsRefused(String key, String value) {
        assertThatThrownBy(() -> config(Map.of(key, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(key);
    }

    @Test
    @DisplayName("C26 issuer and account are escaped, and neither can pass for the other")
    void urls() {
        assertThat(OtpauthUrl.of("A:B & C/D", "x:y@example.com?issuer=Evil", "ABCD", TotpAlgorithm.SHA256, 8))
                .isEqualTo("otpauth://totp/A%20B%20%26%20C%2FD:x%20y%40example.com%3Fissuer%3DEvil?secret=ABCD"
                        + "&issuer=A%3AB%20%26%20C%2FD&algorithm=SHA256&digits=8&period=30");
        assertThat(OtpauthUrl.of("Acme", "é".repeat(500), "ABCD", TotpAlgorithm.SHA1, 6))
                .hasSizeLessThan(800);
    }

    private static TotpConfig config(Map<String, String> values) {
        return TotpConfig.from(Settings.of(TotpConfig.settings(), values), "Acme");
    }
}
