package dev.latchkey.boot.logging;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/** Writes one record as one line, its line break included; whatever the record holds, it stays one line. */
sealed interface LineFormat permits JsonLines, PlainLines {
    /** {@code message} is the record's, with its parameters filled in. */
    void write(LogRecord record, String message, StringBuilder line);

    static String level(Level level) {
        int value = level.intValue();
        if (value >= Level.SEVERE.intValue()) {
            return "error";
        }
        if (value >= Level.WARNING.intValue()) {
            return "warn";
        }
        return value >= Level.INFO.intValue() ? "info" : "debug";
    }

    /** {@code String.valueOf} of a record's text that the library allows to be absent. */
    static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
