package dev.latchkey.boot.logging;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** From which severity on the records of one logger, and of those below it, are written. */
record LoggerLevel(String logger, LogLevel level) {
    /** Written {@code dev.latchkey.http=debug}. */
    static Optional<LoggerLevel> parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            return Optional.empty();
        }
        String logger = text.substring(0, equals).strip();
        String wanted = text.substring(equals + 1).strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(LogLevel.values())
                .filter(level -> level.name().equals(wanted) && !logger.isEmpty())
                .findFirst()
                .map(level -> new LoggerLevel(logger, level));
    }
}
