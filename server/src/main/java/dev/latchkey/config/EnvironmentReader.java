package dev.latchkey.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Environment variables by the setting they are for. An empty variable is an unset one. */
final class EnvironmentReader {
    private static final String PREFIX = "LATCHKEY_";

    /** Read by the launcher and the command line before there are settings. */
    private static final Set<String> NOT_SETTINGS =
            Set.of("LATCHKEY_CONFIG", "LATCHKEY_JAVA_OPTS", "LATCHKEY_JAVA_HOME", "LATCHKEY_CACHE");

    private final Map<String, String> keyByOwnName = new HashMap<>();
    private final Map<String, String> keyByAlias = new LinkedHashMap<>();
    private final List<String> problems;

    EnvironmentReader(List<Setting<?>> known, List<String> problems) {
        this.problems = problems;
        for (Setting<?> setting : known) {
            claim(setting.environmentName(), setting.key());
            setting.aliases().forEach(alias -> keyByAlias.put(alias, setting.key()));
            if (setting.isSecret()) {
                String fileKey = setting.key() + SecretFile.SUFFIX;
                claim(Setting.environmentName(fileKey), fileKey);
                setting.aliases().forEach(alias -> keyByAlias.put(alias + "_FILE", fileKey));
            }
        }
    }

    Map<String, Given> read(Map<String, String> environment) {
        Map<String, Given> given = new HashMap<>();
        List<String> unknown = new ArrayList<>();
        environment.forEach((name, value) -> {
            if (value.isBlank() || isServiceLink(value) || !name.startsWith(PREFIX)) {
                return;
            }
            String key = keyByOwnName.get(name);
            if (key != null) {
                given.put(key, new Given(value, "environment " + name));
            } else if (!NOT_SETTINGS.contains(name) && !keyByAlias.containsKey(name) && !isServiceLinkName(name)) {
                unknown.add(name);
            }
        });
        keyByAlias.forEach((alias, key) -> {
            String value = environment.getOrDefault(alias, "");
            if (!value.isBlank() && !isServiceLink(value)) {
                given.putIfAbsent(key, new Given(value, "environment " + alias));
            }
        });
        unknown.stream().sorted().forEach(this::reportUnknown);
        return given;
    }

    private void claim(String name, String key) {
        String other = keyByOwnName.put(name, key);
        if (other != null) {
            throw new IllegalStateException(key + " and " + other + " would both be " + name);
        }
    }

    private void reportUnknown(String name) {
        String hint = Nearest.to(name, new HashSet<>(keyByOwnName.keySet()))
                .map(near -> "; did you mean " + near + "?")
                .orElse("");
        problems.add(name + " (environment) is not a known key" + hint);
    }

    /** Container platforms inject the addresses of neighbouring services, also under our names. */
    private static boolean isServiceLink(String value) {
        return value.startsWith("tcp://") || value.startsWith("udp://");
    }

    /** The rest of what they inject: {@code LATCHKEY_SERVICE_HOST}, {@code LATCHKEY_PORT_3001_TCP_ADDR} … */
    private static boolean isServiceLinkName(String name) {
        return name.endsWith("_SERVICE_HOST")
                || name.endsWith("_SERVICE_PORT")
                || name.contains("_SERVICE_PORT_")
                || (name.contains("_PORT_") && (name.contains("_TCP_") || name.contains("_UDP_")));
    }
}
