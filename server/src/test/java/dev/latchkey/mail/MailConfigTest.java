package dev.latchkey.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.config.Settings;
import dev.latchkey.config.SettingsException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MailConfigTest {
    @Test
    void withoutSmtpNothingIsNeeded() {
        assertThat(MailConfig.from(Settings.defaults(MailConfig.settings()))).isEqualTo(MailConfig.defaults());
        assertThat(MailConfig.defaults().problems()).isEmpty();
    }

    @Test
    void everyKeyIsRead() {
        MailConfig config = of(Map.of(
                "mail.from", "auth@example.com",
                "mail.smtp.host", "smtp.example.com",
                "mail.smtp.port", "2525",
                "mail.smtp.tls", "implicit",
                "mail.smtp.username", "u",
                "mail.smtp.password", "p",
                "mail.smtp.timeout", "3s"));
        assertThat(config.from().orElseThrow().asTyped()).isEqualTo("auth@example.com");
        assertThat(config.smtp())
                .contains(new SmtpConfig(
                        "smtp.example.com", 2525, SmtpConfig.Tls.IMPLICIT, "u", "p", Duration.ofSeconds(3)));
        assertThat(config.problems()).isEmpty();
        assertThat(config.toString()).doesNotContain("password", "=p");
    }

    @Test
    void thePortFollowsTheProtection() {
        assertThat(port("starttls")).isEqualTo(587);
        assertThat(port("implicit")).isEqualTo(465);
        assertThat(port("none")).isEqualTo(25);
    }

    @Test
    void problemsBetweenKeysAreToldTogether() {
        MailConfig config = of(Map.of("mail.smtp.host", "smtp", "mail.smtp.tls", "none", "mail.smtp.password", "p"));
        assertThat(config.problems())
                .containsExactly(
                        "mail.from must be set with mail.smtp.host",
                        "mail.smtp.username and mail.smtp.password must be set together",
                        "mail.smtp.tls must be starttls or implicit where a password is sent");
    }

    @Test
    void aWrongSenderIsRefused() {
        assertThatThrownBy(() -> of(Map.of("mail.from", "Acme <auth@example.com>")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("must be an e-mail address such as");
    }

    private static int port(String tls) {
        return of(Map.of("mail.smtp.host", "smtp", "mail.smtp.tls", tls))
                .smtp()
                .orElseThrow()
                .port();
    }

    private static MailConfig of(Map<String, String> values) {
        return MailConfig.from(Settings.of(MailConfig.settings(), values));
    }
}
