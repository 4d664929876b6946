package dev.latchkey.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every known setting with its value in force and where that came from. */
public final class Settings {
    private final Map<String, Entry<?>> entries;

    /**
     * A value in force.
     *
     * @param source reads as "default", "environment LATCHKEY_PORT", "latchkey.yaml line 3"
     * @param file the file it stands in
     */
    public record Entry<T>(Setting<T> setting, T value, String source, Optional<Path> file) {
        /** The value as an operator would write it, {@code ********} for a secret that is set. */
        public String shown() {
            String text = setting.print(value);
            return setting.isSecret() && !text.isEmpty() ? "********" : text;
        }

        public boolean isDefault() {
            return value.equals(setting.defaultValue());
        }

        // A record's own would show secrets.
        @Override
        public String toString() {
            return setting.key() + "=" + shown() + " (" + source + ")";
        }
    }

    Settings(Map<String, Entry<?>> entries) {
        this.entries = entries;
    }

    /** The defaults of {@code known}. */
    public static Settings defaults(List<Setting<?>> known) {
        return of(known, Map.of());
    }

    /**
     * {@code values} by key over the defaults of {@code known}.
     *
     * @throws SettingsException with every problem
     */
    public static Settings of(List<Setting<?>> known, Map<String, String> values) {
        return new SettingsLoader(known).overrides(values).load();
    }

    /** @throws IllegalStateException if {@code setting} is not among the known ones */
    public <T> T get(Setting<T> setting) {
        return entry(setting).value();
    }

    /** Whether an operator gave a value, be it the default's. */
    public boolean isSet(Setting<?> setting) {
        return !entry(setting).source().equals(SettingsLoader.DEFAULT);
    }

    // An entry is made from the setting under its key, so the type parameter is the same.
    @SuppressWarnings("unchecked")
    public <T> Entry<T> entry(Setting<T> setting) {
        Entry<?> entry = entries.get(setting.key());
        if (entry == null) {
            throw new IllegalStateException(setting.key() + " is not in the list of known settings");
        }
        return (Entry<T>) entry;
    }

    /** In the order the settings were declared. */
    public List<Entry<?>> all() {
        return new ArrayList<>(entries.values());
    }

    static <T> Entry<T> defaultOf(Setting<T> setting) {
        return new Entry<>(setting, setting.defaultValue(), SettingsLoader.DEFAULT, Optional.empty());
    }

    static Map<String, Entry<?>> defaultsByKey(List<Setting<?>> known) {
        Map<String, Entry<?>> entries = new LinkedHashMap<>();
        for (Setting<?> setting : known) {
            if (entries.put(setting.key(), defaultOf(setting)) != null) {
                throw new IllegalStateException(setting.key() + " is declared twice");
            }
        }
        return entries;
    }
}
