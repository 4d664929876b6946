package dev.latchkey.key;

import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import dev.latchkey.jose.SignatureAlgorithm;
import dev.latchkey.jose.SignatureProvider;
import java.time.Duration;
import java.util.List;

/**
 * How signing keys are chosen and changed.
 *
 * @param algorithm of access tokens
 * @param rotateEvery how long a key signs
 * @param publishAhead how long it is published before it signs
 */
public record KeyConfig(
        SignatureAlgorithm algorithm,
        Duration rotateEvery,
        Duration publishAhead,
        SignatureProvider.Choice signatureProvider) {
    static final Setting<SignatureAlgorithm> ALGORITHM = Setting.choice(
            "token.algorithm",
            SignatureAlgorithm.ES256,
            "The signature algorithm of access tokens. A change takes effect at the next start; older tokens stay valid.");
    static final Setting<Duration> ROTATE_EVERY = Setting.duration(
                    "keys.rotate-every",
                    Duration.ofDays(90),
                    "How long a signing key is used before the next one takes over.")
            .check(every -> every.compareTo(Duration.ofHours(1)) >= 0, "must be at least 1h");
    static final Setting<Duration> PUBLISH_AHEAD = Setting.duration(
                    "keys.publish-ahead",
                    Duration.ofHours(24),
                    "How long a new signing key is published before it is used. Must exceed the time applications cache the"
                            + " key set.")
            .check(ahead -> ahead.compareTo(Duration.ofMinutes(10)) >= 0, "must be at least 10m");
    static final Setting<SignatureProvider.Choice> PROVIDER = Setting.choice(
            "keys.signature-provider",
            SignatureProvider.Choice.AUTO,
            "auto: the Amazon Corretto Crypto Provider where it loads, else the JDK. jdk: always the JDK.");

    public static List<Setting<?>> settings() {
        return List.of(ALGORITHM, ROTATE_EVERY, PUBLISH_AHEAD, PROVIDER);
    }

    public static KeyConfig from(Settings settings) {
        return new KeyConfig(
                settings.get(ALGORITHM),
                settings.get(ROTATE_EVERY),
                settings.get(PUBLISH_AHEAD),
                settings.get(PROVIDER));
    }

    public static KeyConfig defaults() {
        return from(Settings.defaults(settings()));
    }
}
