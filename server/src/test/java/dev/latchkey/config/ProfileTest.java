package dev.latchkey.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileTest {
    private static final List<Setting<?>> KNOWN = Profile.settings();
    private static final URI LOCAL = URI.create("http://localhost:3001");

    @Test
    void developmentOnlyWhereBothAddressesAreLoopback() {
        assertThat(profile(LOCAL, "127.0.0.1")).isEqualTo(Profile.DEVELOPMENT);
        assertThat(profile(LOCAL, "0.0.0.0")).isEqualTo(Profile.PRODUCTION);
        assertThat(profile(URI.create("https://id.example"), "127.0.0.1")).isEqualTo(Profile.PRODUCTION);
        assertThat(profile(URI.create("http://[::1]:3001"), "::1")).isEqualTo(Profile.DEVELOPMENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1.example.com",
                "localhost.example.com",
                "127.1",
                "127.0.0.256",
                "127.0.0.",
                "",
                "0.0.0.0",
                "::",
                "128.0.0.1"
            })
    void whatOnlyLooksLikeLoopbackIsNot(String host) {
        assertThat(Profile.isLoopback(host)).isFalse();
    }

    @Test
    void theEnvironmentOfOtherServersMeansProductionHereToo() {
        assertThat(Profile.of(Settings.defaults(KNOWN), LOCAL, "127.0.0.1", Map.of("NODE_ENV", "production")))
                .isEqualTo(Profile.PRODUCTION);
    }

    @Test
    void aDangerousKeyNeedsAcceptanceInProductionOnly() {
        Settings settings = Settings.of(KNOWN, Map.of("danger_development", "true"));
        assertThat(Profile.of(settings, LOCAL, "0.0.0.0", Map.of())).isEqualTo(Profile.DEVELOPMENT);
        assertThat(Profile.DEVELOPMENT.refusals(settings)).isEmpty();
        assertThat(Profile.PRODUCTION.refusals(settings)).hasSize(1);
        Settings accepted =
                Settings.of(KNOWN, Map.of("danger_development", "true", "accepted-dangers", "danger_development"));
        assertThat(Profile.PRODUCTION.refusals(accepted)).isEmpty();
    }

    private static Profile profile(URI publicUrl, String listen) {
        return Profile.of(Settings.defaults(KNOWN), publicUrl, listen, Map.of());
    }
}
