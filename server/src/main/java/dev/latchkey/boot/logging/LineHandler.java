package dev.latchkey.boot.logging;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/** One write per record: lines of several threads never mix. */
final class LineHandler extends Handler {
    private final LineFormat format;
    private final OutputStream out;

    /** Only fills in parameters. */
    private final Formatter parameters = new SimpleFormatter();

    LineHandler(LineFormat format, OutputStream out) {
        this.format = format;
        this.out = out;
    }

    @Override
    public void publish(LogRecord record) {
        if (!isLoggable(record)) {
            return;
        }
        String message = LineFormat.orEmpty(parameters.formatMessage(record));
        try {
            out.write(line(format, record, message));
        } catch (IOException e) {
            reportError("", e, ErrorManager.WRITE_FAILURE);
        }
    }

    static byte[] line(LineFormat format, LogRecord record, String message) {
        StringBuilder line = new StringBuilder(200);
        format.write(record, message, line);
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        // Standard error is not ours to close.
    }
}
