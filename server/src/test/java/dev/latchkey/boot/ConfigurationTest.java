package dev.latchkey.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.config.Settings;
import dev.latchkey.config.SettingsException;
import dev.latchkey.config.SettingsLoader;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
    private static final String PUBLIC = "https://login.example.com";

    @Test
    @DisplayName("S1-02 in production codes by text message need a gateway; in development they are shown without one")
    void textsNeedAGateway() {
        assertThatThrownBy(() -> read("server.public-url", PUBLIC, "mfa.sms.enabled", "true"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("sms.gateway.url");
        Configuration served = read(
                "server.public-url",
                PUBLIC,
                "mfa.sms.enabled",
                "true",
                "sms.gateway.url",
                "https://sms.example.com/send",
                "sms.from",
                "Acme");
        assertThat(served.phones().enabled()).isTrue();
        assertThat(read("mfa.sms.enabled", "true").phones().enabled()).isTrue();
    }

    private static Configuration read(String... settings) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        Settings loaded =
                new SettingsLoader(KnownSettings.all()).overrides(values).load();
        return Configuration.from(loaded, Map.of());
    }
}
