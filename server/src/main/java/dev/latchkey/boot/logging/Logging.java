package dev.latchkey.boot.logging;

import dev.latchkey.config.Profile;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Sets the log up, once per process. */
public final class Logging {
    private static final String OWN = "dev.latchkey";

    // Tells of a port in use by a stack trace; what cannot start is refused in a sentence anyway.
    private static final String WEB_SERVER = "io.helidon.webserver.LoomServer";

    /** The logging library forgets the level of a logger nobody holds. */
    private static final List<Logger> HELD =
            List.of(Logger.getLogger(""), Logger.getLogger(WEB_SERVER), Logger.getLogger(OWN));

    private Logging() {}

    /**
     * Call before anything logs: keeps the logging library from reading the JDK's own file, which costs start time and prints
     * two lines a record.
     */
    public static void skipDefaults() {
        System.setProperty("java.util.logging.config.class", NoDefaults.class.getName());
    }

    /** From now on records go to standard error: the server's from the configured level on, libraries' from warnings on. */
    public static void install(LoggingConfig config, Profile profile) {
        Logger root = HELD.getFirst();
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        LineFormat format = config.isJson(profile) ? new JsonLines() : new PlainLines();
        root.addHandler(new LineHandler(format, new FileOutputStream(FileDescriptor.err)));
        root.setLevel(Level.WARNING);
        HELD.get(1).setLevel(Level.OFF);
        HELD.getLast().setLevel(config.level().level());
    }

    /** Named to the logging library, which makes one instead of reading its file. */
    public static final class NoDefaults {}
}
