package dev.latchkey.passkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import dev.latchkey.config.SettingsException;
import dev.latchkey.http.HttpConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasskeyConfigTest {
    @Test
    @DisplayName("passkeys belong to the public URL's host and are for its origin")
    void defaults() {
        PasskeyConfig config = config();
        assertThat(config.rpId()).isEqualTo("localhost");
        assertThat(config.available()).isTrue();
        assertThat(config.allowsOrigin("http://localhost:3001")).isTrue();
        assertThat(config.allowsOrigin("http://localhost:3002")).isFalse();
        assertThat(config.allowsOrigin("https://localhost:3001")).isFalse();
        assertThat(config.attestation()).isEqualTo(AttestationConveyance.DIRECT);
        assertThat(config.residentKey()).isEqualTo(Preference.PREFERRED);
        assertThat(config.userVerification()).isEqualTo(Preference.PREFERRED);
        assertThat(config.timeout()).hasSeconds(60);
    }

    @Test
    @DisplayName("where the port is left to the system every local port is this server's")
    void anyPort() {
        PasskeyConfig config = config("server.port", "0");
        assertThat(config.allowsOrigin("http://localhost:49152")).isTrue();
        assertThat(config.allowsOrigin("http://localhost.evil.example")).isFalse();
        assertThat(config.allowsOrigin("https://localhost:49152")).isFalse();
        assertThat(config("server.port", "0", "server.public-url", "https://id.example.org")
                        .allowsOrigin("http://localhost:49152"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "https://login.example.org, login.example.org, true",
        "https://login.example.org, example.org, true",
        "https://login.example.org, evil.org, false",
        "https://login.example.org, org, false",
        "https://login.example.org, ogin.example.org, false",
        "http://localhost:3001, localhost, true"
    })
    @DisplayName("the domain must be the public URL's host or a parent of it")
    void domains(String publicUrl, String rpId, boolean fits) {
        String[] settings = {"server.public-url", publicUrl, "passkey.rp-id", rpId};
        assertThat(config(settings)
                        .problems(HttpConfig.from(settings(settings)))
                        .isEmpty())
                .isEqualTo(fits);
    }

    @Test
    @DisplayName("at an address instead of a domain there are no passkeys, and the server starts")
    void addresses() {
        for (String url : List.of("http://192.168.1.7:3001", "http://127.0.0.1:3001", "http://[::1]:3001")) {
            PasskeyConfig config = config("server.public-url", url);
            assertThat(config.available()).as(url).isFalse();
            assertThat(config.problems(HttpConfig.from(settings("server.public-url", url))))
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("a list of models without attestation would refuse everyone, so it is refused")
    void modelsNeedAttestation() {
        String[] settings = {
            "passkey.allowed-models", "d8522d9f-575b-4866-88a9-ba99fa02f35b", "passkey.attestation", "none"
        };
        assertThat(config(settings).problems(HttpConfig.from(settings(settings))))
                .singleElement()
                .asString()
                .contains("passkey.attestation=direct");
    }

    @ParameterizedTest
    @CsvSource({
        "passkey.rp-id, https://example.org",
        "passkey.rp-id, Example.org",
        "passkey.origins, https://app.example.org/path",
        "passkey.origins, *",
        "passkey.timeout, 1s",
        "passkey.allowed-models, YubiKey",
        "passkey.algorithms, HS256",
        "passkey.hints, telepathy",
        "passkey.per-user, 0"
    })
    @DisplayName("what cannot be meant is refused with what may be")
    void refused(String key, String value) {
        assertThatThrownBy(() -> config(key, value))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(key);
    }

    private static PasskeyConfig config(String... settings) {
        Settings all = settings(settings);
        return PasskeyConfig.from(all, HttpConfig.from(all), "Example");
    }

    private static Settings settings(String... settings) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        List<Setting<?>> known = new ArrayList<>(HttpConfig.settings());
        known.addAll(PasskeyConfig.settings());
        return Settings.of(known, values);
    }
}
