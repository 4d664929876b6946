package dev.latchkey.boot.cli;

/** What the process answers to whoever started it. The launcher adds 69: no suitable JDK. */
public final class ExitCode {
    /** It is done, or the answer is yes. */
    public static final int OK = 0;

    /** It worked and the answer is no, or the thing asked for does not exist or cannot be done as things are. */
    public static final int NO = 1;

    /** The command line is wrong. */
    public static final int USAGE = 2;

    /** An unexpected failure; the stack trace is on standard error. */
    public static final int FAILURE = 70;

    /** The configuration refuses; every problem is on standard error. */
    public static final int CONFIGURATION = 78;

    private ExitCode() {}
}
