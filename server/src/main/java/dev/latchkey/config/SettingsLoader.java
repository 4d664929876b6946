package dev.latchkey.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the sources in order of precedence: command line, environment, file, default. Every problem of every source is reported
 * together; a key nobody declared is one of them.
 */
public final class SettingsLoader {
    static final String DEFAULT = "default";

    private final List<Setting<?>> known;
    private final List<String> problems = new ArrayList<>();
    private Map<String, String> environment = Map.of();
    private Map<String, String> overrides = Map.of();
    private Optional<Path> file = Optional.empty();
    private boolean fileRequired;

    public SettingsLoader(List<Setting<?>> known) {
        this.known = List.copyOf(known);
    }

    /** As {@link System#getenv()}. */
    public SettingsLoader environment(Map<String, String> variables) {
        this.environment = variables;
        return this;
    }

    /** From the command line, by key. */
    public SettingsLoader overrides(Map<String, String> values) {
        this.overrides = values;
        return this;
    }

    /** A file that was asked for by name: that it cannot be read is a problem. */
    public SettingsLoader file(Path path) {
        this.file = Optional.of(path);
        this.fileRequired = true;
        return this;
    }

    /** A file that is read if it exists. */
    public SettingsLoader fileIfExists(Path path) {
        this.file = Optional.of(path);
        this.fileRequired = false;
        return this;
    }

    /** @throws SettingsException with every problem of every source */
    public Settings load() {
        Map<String, Settings.Entry<?>> entries = Settings.defaultsByKey(known);
        Set<String> keys = keys();
        Map<String, Given> given = new HashMap<>(fromFile(keys));
        given.putAll(new EnvironmentReader(known, problems).read(environment));
        given.putAll(fromCommandLine(keys));
        for (Setting<?> setting : known) {
            valueOf(setting, given).ifPresent(value -> resolve(setting, value, entries));
        }
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        return new Settings(entries);
    }

    private Set<String> keys() {
        Set<String> keys = new HashSet<>();
        for (Setting<?> setting : known) {
            keys.add(setting.key());
            if (setting.isSecret()) {
                keys.add(setting.key() + SecretFile.SUFFIX);
            }
        }
        return keys;
    }

    private Map<String, Given> fromFile(Set<String> keys) {
        Optional<Path> path = file.filter(it -> fileRequired || Files.exists(it));
        if (path.isEmpty()) {
            return Map.of();
        }
        Map<String, Given> found = new LinkedHashMap<>(new YamlFile(path.get(), problems).read());
        found.entrySet().removeIf(entry -> isUnknown(entry.getKey(), entry.getValue(), keys));
        return found;
    }

    private Map<String, Given> fromCommandLine(Set<String> keys) {
        Map<String, Given> found = new LinkedHashMap<>();
        overrides.forEach((key, text) -> found.put(key, new Given(text, "command line")));
        found.entrySet().removeIf(entry -> isUnknown(entry.getKey(), entry.getValue(), keys));
        return found;
    }

    private boolean isUnknown(String key, Given given, Set<String> keys) {
        if (keys.contains(key)) {
            return false;
        }
        String hint = Nearest.to(key, keys)
                .map(near -> "; did you mean " + near + "?")
                .orElse("");
        problems.add(key + " (" + given.source() + ") is not a known key" + hint);
        return true;
    }

    private Optional<Given> valueOf(Setting<?> setting, Map<String, Given> given) {
        Optional<Given> value = Optional.ofNullable(given.get(setting.key()));
        if (!setting.isSecret()) {
            return value;
        }
        Optional<Given> path = Optional.ofNullable(given.get(setting.key() + SecretFile.SUFFIX));
        if (path.isPresent() && value.isPresent()) {
            problems.add(setting.key() + " is given twice, by " + value.get().source() + " and by "
                    + path.get().source() + "; keep one");
            return Optional.empty();
        }
        return path.isPresent() ? SecretFile.read(setting.key(), path.get(), problems) : value;
    }

    private <T> void resolve(Setting<T> setting, Given given, Map<String, Settings.Entry<?>> entries) {
        try {
            T value = setting.parse(given.text());
            entries.put(setting.key(), new Settings.Entry<>(setting, value, given.source(), given.file()));
        } catch (IllegalArgumentException e) {
            problems.add(setting.key() + " (" + given.source() + ") " + e.getMessage());
        }
    }
}
