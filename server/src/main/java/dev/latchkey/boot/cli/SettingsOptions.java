package dev.latchkey.boot.cli;

import dev.latchkey.boot.KnownSettings;
import dev.latchkey.config.Settings;
import dev.latchkey.config.SettingsLoader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options of every verb that reads the configuration. */
final class SettingsOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration file. Default: LATCHKEY_CONFIG, else latchkey.yaml if it exists.")
    private String file = "";

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Sets one key over file and environment; may be repeated.")
    private Map<String, String> values = new LinkedHashMap<>();

    private Path usualFile = Path.of("latchkey.yaml");

    /** As {@link QuickArguments#take}. */
    boolean take(String option, String value) {
        int equals = value.indexOf('=');
        if (option.equals("--config")) {
            file = value;
            return true;
        }
        if (option.equals("--set") && equals > 0) {
            values.put(value.substring(0, equals), value.substring(equals + 1));
            return true;
        }
        return false;
    }

    /** An option of the verb that is a setting by another name. */
    void override(String key, String value) {
        values.put(key, value);
    }

    /** The file that is read where none is named, if it exists. */
    void usualFile(Path path) {
        usualFile = path;
    }

    /** @throws dev.latchkey.config.SettingsException with every problem */
    Settings load(Map<String, String> environment) {
        SettingsLoader loader =
                new SettingsLoader(KnownSettings.all()).environment(environment).overrides(values);
        String named = file.isEmpty() ? environment.getOrDefault("LATCHKEY_CONFIG", "") : file;
        return named.isEmpty()
                ? loader.fileIfExists(usualFile).load()
                : loader.file(Path.of(named)).load();
    }
}
