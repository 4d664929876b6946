package dev.latchkey.boot.logging;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.LogRecord;

/** {@code 12:30:01.250 warn  Outbox: the message}, time in UTC; a stack trace follows indented. */
final class PlainLines implements LineFormat {
    @Override
    public void write(LogRecord record, String message, StringBuilder line) {
        String time = record.getInstant().toString();
        line.append(time, 11, Math.min(time.length() - 1, 23));
        String level = LineFormat.level(record.getLevel());
        line.append(' ').append(level).repeat(' ', 6 - level.length());
        String logger = LineFormat.orEmpty(record.getLoggerName());
        line.append(logger, logger.lastIndexOf('.') + 1, logger.length()).append(": ");
        oneLine(message, line);
        line.append('\n');
        Throwable thrown = record.getThrown();
        if (thrown != null) {
            StringWriter trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            trace.toString().lines().forEach(it -> {
                line.append("    ");
                oneLine(it, line);
                line.append('\n');
            });
        }
    }

    /** What a client sent must not start a line of its own, nor talk to the terminal. */
    private static void oneLine(String text, StringBuilder line) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            line.append(Character.isISOControl(c) ? ' ' : c);
        }
    }
}
