package dev.latchkey.boot;

import dev.latchkey.boot.cli.CommandRunner;
import dev.latchkey.boot.logging.Logging;

/** Where the process starts. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Logging.skipDefaults();
        int exitCode = new CommandRunner(System.out, System.err).run(arguments);
        Logging.finish();
        System.exit(exitCode);
    }
}
