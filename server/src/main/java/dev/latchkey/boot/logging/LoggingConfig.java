package dev.latchkey.boot.logging;

import dev.latchkey.config.Profile;
import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import java.util.List;

/** What an operator may choose about the log. */
public record LoggingConfig(LogFormat format, LogLevel level, List<String> levels) {
    static final Setting<LogFormat> FORMAT = Setting.choice(
            "log.format",
            LogFormat.AUTO,
            "How a log line looks: one JSON object, or plain text. auto is json in production and plain in development.");
    static final Setting<LogLevel> LEVEL =
            Setting.choice("log.level", LogLevel.INFO, "The least severe records of the server that are written.");

    static final Setting<List<String>> LEVELS = Setting.list(
                    "log.levels",
                    List.of(),
                    "Other levels for parts of the server or its libraries, such as dev.latchkey.http=debug.")
            .check(
                    texts -> texts.stream()
                            .allMatch(text -> LoggerLevel.parse(text).isPresent()),
                    "must be names of loggers with their levels, such as dev.latchkey.http=debug");

    public LoggingConfig {
        levels = List.copyOf(levels);
    }

    public static List<Setting<?>> settings() {
        return List.of(FORMAT, LEVEL, LEVELS);
    }

    public static LoggingConfig from(Settings settings) {
        return new LoggingConfig(settings.get(FORMAT), settings.get(LEVEL), settings.get(LEVELS));
    }

    /** Whether lines are JSON objects. */
    public boolean isJson(Profile profile) {
        return switch (format) {
            case AUTO -> profile == Profile.PRODUCTION;
            case JSON -> true;
            case PLAIN -> false;
        };
    }
}
