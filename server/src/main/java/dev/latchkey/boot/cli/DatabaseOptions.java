package dev.latchkey.boot.cli;

import dev.latchkey.boot.Configuration;
import dev.latchkey.boot.Operations;
import dev.latchkey.boot.logging.Logging;
import dev.latchkey.boot.logging.LoggingConfig;
import dev.latchkey.config.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every verb that works on the database. */
final class DatabaseOptions {
    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Option(names = "--data", paramLabel = "DIR", description = "The folder of local state (data.directory).")
    private Optional<Path> data = Optional.empty();

    Configuration configuration() {
        data.ifPresent(folder -> options.override("data.directory", folder.toString()));
        Settings settings = options.load(System.getenv());
        Configuration configuration = Configuration.from(settings, System.getenv());
        Logging.install(LoggingConfig.from(settings), configuration.profile());
        return configuration;
    }

    /** The same installation on another SQLite file. */
    Configuration configurationOn(Path sqliteFile) {
        return configurationAt("jdbc:sqlite:" + sqliteFile);
    }

    /** The same installation at another address, which may hold a password. */
    Configuration configurationAt(String address) {
        options.override("database.url", address);
        return configuration();
    }

    /** What was configured other than by default, without secrets, by key. */
    Map<String, String> shownSettings() {
        Map<String, String> shown = new TreeMap<>();
        options.load(System.getenv()).all().stream()
                .filter(entry -> !entry.isDefault())
                .forEach(entry -> shown.put(entry.setting().key(), entry.shown()));
        return shown;
    }

    /** The caller closes it. */
    Operations open() {
        return new Operations(configuration(), Clock.systemUTC());
    }

    /** For verbs that only look: they neither migrate nor write. The caller closes it. */
    Operations openForReading() {
        return Operations.reading(configuration(), Clock.systemUTC());
    }
}
