package dev.latchkey.boot.logging;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.LogRecord;

/**
 * {@code {"time":…,"level":…,"logger":…,"message":…,"requestId":…,"traceId":…,"spanId":…,"error":…}}; the last four only where
 * there is one, {@code error} being a stack trace.
 */
final class JsonLines implements LineFormat {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    @Override
    public void write(LogRecord record, String message, StringBuilder line) {
        line.append("{\"time\":\"").append(record.getInstant()).append("\",\"level\":\"");
        line.append(LineFormat.level(record.getLevel())).append("\",\"logger\":\"");
        escape(LineFormat.orEmpty(record.getLoggerName()), line);
        if (isObject(message)) {
            line.append("\",\"event\":").append(message);
        } else {
            line.append("\",\"message\":\"");
            escape(message, line);
            line.append('"');
        }
        ScopeFields.write(line);
        Throwable thrown = record.getThrown();
        if (thrown != null) {
            StringWriter trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            line.append(",\"error\":\"");
            escape(trace.toString(), line);
            line.append('"');
        }
        line.append("}\n");
    }

    /** A logger that writes JSON of its own, such as the access log, is not wrapped in quotes again. */
    private static boolean isObject(String message) {
        return message.startsWith("{\"") && message.endsWith("}") && message.indexOf('\n') < 0;
    }

    private static void escape(String text, StringBuilder line) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (c == '\n') {
                line.append("\\n");
            } else if (c < 0x20 || c == 0x7f || c == 0x2028 || c == 0x2029) {
                line.append("\\u").append(HEX[c >> 12]).append(HEX[c >> 8 & 15]);
                line.append(HEX[c >> 4 & 15]).append(HEX[c & 15]);
            } else {
                line.append(c);
            }
        }
    }
}
