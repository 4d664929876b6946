package dev.latchkey.boot.logging;

import dev.latchkey.config.Profile;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Sets the log up, once per process. */
public final class Logging {
    private static final String OWN = "dev.latchkey";

    // Tells of a port in use by a stack trace; what cannot start is refused in a sentence anyway.
    private static final String WEB_SERVER = "io.helidon.webserver.LoomServer";

    // Repeats every few seconds that Redis is away, which is said once elsewhere.
    private static final String REDIS = "io.lettuce";

    /** The logging library forgets the level of a logger nobody holds. */
    private static final List<Logger> HELD = new CopyOnWriteArrayList<>();

    private static final Duration FINISH = Duration.ofSeconds(2);

    private static volatile @Nullable QueuedLines lines;

    private Logging() {}

    /**
     * Call before anything logs: keeps the logging library from reading the JDK's own file, which costs start time and prints
     * two lines a record.
     */
    public static void skipDefaults() {
        System.setProperty("java.util.logging.config.class", NoDefaults.class.getName());
        System.setProperty("java.util.logging.manager", Lasting.class.getName());
    }

    /** From now on records go to standard error: the server's from the configured level on, libraries' from warnings on. */
    public static void install(LoggingConfig config, Profile profile) {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        LineFormat format = config.isJson(profile) ? new JsonLines() : new PlainLines();
        QueuedLines out = new QueuedLines(new FileOutputStream(FileDescriptor.err), lost -> gap(format, lost));
        lines = out;
        root.addHandler(new LineHandler(format, out));
        root.setLevel(Level.WARNING);
        level(WEB_SERVER, Level.OFF);
        level(REDIS, Level.SEVERE);
        level(OWN, config.level().level());
        for (String text : config.levels()) {
            LoggerLevel.parse(text)
                    .ifPresent(it -> level(it.logger(), it.level().level()));
        }
    }

    /** Lines given up because whoever reads standard error was too slow. */
    public static long dropped() {
        QueuedLines out = lines;
        return out == null ? 0 : out.dropped();
    }

    /** Call last: what was logged is written before this returns, unless that takes more than two seconds. */
    public static void finish() {
        QueuedLines out = lines;
        if (out != null) {
            out.finish(FINISH);
        }
    }

    private static void level(String name, Level level) {
        Logger logger = Logger.getLogger(name);
        logger.setLevel(level);
        HELD.add(logger);
    }

    private static byte[] gap(LineFormat format, long lost) {
        LogRecord record = new LogRecord(Level.WARNING, "");
        record.setLoggerName(Logging.class.getName());
        return LineHandler.line(
                format, record, lost + " lines of the log were given up because whoever reads it was too slow.");
    }

    /** Named to the logging library, whose own would take the handlers away as soon as the process begins to end. */
    public static final class Lasting extends LogManager {
        @Override
        public void reset() {
            // What a closing server has to say matters most.
        }
    }

    /** Named to the logging library, which makes one instead of reading its file. */
    public static final class NoDefaults {}
}
