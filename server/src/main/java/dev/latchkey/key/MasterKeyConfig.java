package dev.latchkey.key;

import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import dev.latchkey.crypto.MasterKey;
import java.util.List;

/**
 * The master key as configured.
 *
 * @param key Base64 of 32 bytes; empty where the key is in the data directory
 * @param previous older keys with commas between, which still open what they sealed
 */
public record MasterKeyConfig(String key, String previous) {
    static final Setting<String> KEY = Setting.secret(
                    "master-key",
                    "Base64 of 32 random bytes (openssl rand -base64 32) from which all keys for stored data are derived."
                            + " Unset: read from master.key in the data folder, which is made with the SQLite database."
                            + " Required with PostgreSQL, the same on every server. Without it sealed data cannot be read.")
            .check(key -> key.isEmpty() || MasterKey.parse(key).isPresent(), "must be Base64 of exactly 32 bytes");
    static final Setting<String> PREVIOUS = Setting.secret(
                    "master-key-previous",
                    "Earlier master keys, with commas between, that still open what they sealed while the master key is changed.")
            .check(
                    keys -> split(keys).stream()
                            .allMatch(key -> MasterKey.parse(key).isPresent()),
                    "must be Base64 of exactly 32 bytes each, with commas between");

    public static List<Setting<?>> settings() {
        return List.of(KEY, PREVIOUS);
    }

    public static MasterKeyConfig from(Settings settings) {
        return new MasterKeyConfig(settings.get(KEY), settings.get(PREVIOUS));
    }

    public static MasterKeyConfig defaults() {
        return new MasterKeyConfig("", "");
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
