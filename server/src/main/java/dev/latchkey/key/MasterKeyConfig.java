package dev.latchkey.key;

import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import dev.latchkey.config.SettingsException;
import dev.latchkey.crypto.MasterKey;
import java.time.Duration;
import java.util.List;

/**
 * The master key as configured.
 *
 * @param key Base64 of 32 bytes; empty where a command prints it or it is in the data directory
 * @param previous other keys with commas between, which open what they sealed
 * @param command prints the key; empty where there is none
 * @param commandTimeout how long it may take
 */
public record MasterKeyConfig(String key, String previous, String command, Duration commandTimeout) {
    static final Setting<String> KEY = Setting.secret(
                    "master-key",
                    "Base64 of 32 random bytes (openssl rand -base64 32) from which all keys for stored data are derived."
                            + " Unset: read from master.key in the data folder, which is made with the SQLite database."
                            + " Required with PostgreSQL, the same on every server. Without it sealed data cannot be read.")
            .check(key -> key.isEmpty() || MasterKey.parse(key).isPresent(), "must be Base64 of exactly 32 bytes");
    static final Setting<String> PREVIOUS = Setting.secret(
                    "master-key-previous",
                    "Former master keys, with commas between: they open what they sealed, and the database stays with the one"
                            + " it has until \"latchkey keys reseal\" moves it to master-key.")
            .check(
                    keys -> split(keys).stream()
                            .allMatch(key -> MasterKey.parse(key).isPresent()),
                    "must be Base64 of exactly 32 bytes each, with commas between");

    static final Setting<String> COMMAND = Setting.text(
            "master-key-command",
            "",
            "A shell command that prints the master key, for keys kept in a KMS or vault; run once at every start. Further"
                    + " lines are former keys. Not together with master-key.");
    static final Setting<Duration> COMMAND_TIMEOUT = Setting.duration(
                    "master-key-command-timeout",
                    Duration.ofSeconds(30),
                    "How long master-key-command may take before it is stopped and the start refused.")
            .check(
                    value -> value.isPositive() && value.compareTo(Duration.ofMinutes(10)) <= 0,
                    "must be more than 0 and at most 10m");

    public static List<Setting<?>> settings() {
        return List.of(KEY, PREVIOUS, COMMAND, COMMAND_TIMEOUT);
    }

    /** @throws SettingsException when the key is given twice */
    public static MasterKeyConfig from(Settings settings) {
        if (!settings.get(KEY).isEmpty() && !settings.get(COMMAND).isEmpty()) {
            throw new SettingsException(List.of("master-key and master-key-command are both set; keep one"));
        }
        return new MasterKeyConfig(
                settings.get(KEY), settings.get(PREVIOUS), settings.get(COMMAND), settings.get(COMMAND_TIMEOUT));
    }

    public static MasterKeyConfig defaults() {
        return from(Settings.defaults(settings()));
    }

    /** Whether the configured key looks like a text or a pattern instead of random bytes. */
    public boolean isGuessable() {
        return !key.isEmpty()
                && MasterKey.parse(key).filter(MasterKey::looksRandom).isEmpty();
    }

    /** Whether the key is to be found in the data directory, because nothing else names one. */
    public boolean isInDataDirectory() {
        return key.isEmpty() && command.isEmpty();
    }

    /** The ids of the former keys that are configured. */
    public List<String> previousIds() {
        return previousKeys().stream().map(MasterKey::id).toList();
    }

    List<MasterKey> previousKeys() {
        return split(previous).stream()
                .map(key -> MasterKey.parse(key).orElseThrow())
                .toList();
    }

    private static List<String> split(String keys) {
        return List.of(keys.split(",")).stream()
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .toList();
    }

    @Override
    public String toString() {
        return "MasterKeyConfig[redacted]";
    }
}
