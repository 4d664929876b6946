package dev.latchkey.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsReferenceTest {
    @Test
    void everySettingIsARowOfItsGroup() {
        String page = SettingsReference.markdown(List.of(
                Setting.integer("port", 3001, 0, 65535, "Where to listen."),
                Setting.secret("mail.password", "What the mail server wants.").alias("SMTP_PASSWORD"),
                Setting.text("mail.host", "", "a|b")));
        assertThat(page)
                .contains("## server\n\n| Key | Type |")
                .contains("| `port` | integer 0 to 65535 | `3001` | `LATCHKEY_PORT` | Where to listen. |\n")
                .contains("| `mail.password` | secret | unset | `LATCHKEY_MAIL_PASSWORD`, `SMTP_PASSWORD` |")
                .contains("a\\|b");
    }
}
