package dev.latchkey.boot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What a server would write to its log and to standard output, at the most talkative levels it can be set to. */
final class CapturedOutput extends Handler implements AutoCloseable {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream before = System.out;
    private final Logger root = Logger.getLogger("");
    private final Logger own = Logger.getLogger("dev.latchkey");
    private final Level ownBefore = own.getLevel();
    private final SimpleFormatter formatter = new SimpleFormatter();

    private CapturedOutput() {}

    static CapturedOutput begin() {
        CapturedOutput output = new CapturedOutput();
        output.own.setLevel(Level.ALL);
        output.root.addHandler(output);
        System.setOut(new PrintStream(output.bytes, true, UTF_8));
        return output;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    @Override
    public void publish(LogRecord record) {
        bytes.writeBytes(formatter.format(record).getBytes(UTF_8));
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        System.setOut(before);
        root.removeHandler(this);
        own.setLevel(ownBefore);
    }
}
