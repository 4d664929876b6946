package dev.latchkey.boot.cli;

import dev.latchkey.boot.Progress;
import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Shows how far long work is: on a terminal a bar that is drawn over itself, elsewhere a plain line every five seconds. Goes to
 * standard error, because standard output carries the answer. May be told of progress as often as the work likes; for one thread.
 *
 * <pre>
 * try (ProgressLine progress = ProgressLine.of("Importing", "users")) {
 *     … progress.at(done, all);        // all = 0 where nobody knows
 * }
 * </pre>
 *
 * <p>Work of several phases is given the line itself; each phase has a clock of its own.
 */
final class ProgressLine implements Progress, Progress.Phase, AutoCloseable {
    private static final int BAR = 30;
    private static final Duration REDRAWN_EVERY = Duration.ofMillis(100);
    private static final Duration SAID_EVERY = Duration.ofSeconds(5);
    /** Before it, as before a hundredth is done, what is left cannot be told from how long it took so far. */
    private static final Duration FIRST_ESTIMATE = Duration.ofSeconds(2);

    private final PrintStream out;
    private final boolean terminal;
    private final LongSupplier nanoTime;
    private String doing = "";
    private String things = "";
    private long began;
    private long shownAt;
    private int shownWidth;

    ProgressLine(PrintStream out, boolean terminal, LongSupplier nanoTime) {
        this.out = out;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
    }

    /** On standard error, for work that names its phases. */
    static ProgressLine ofPhases() {
        boolean terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        return new ProgressLine(System.err, terminal, System::nanoTime);
    }

    /** On standard error, for work of one phase, described as in {@link #begin}. */
    static ProgressLine of(String doing, String things) {
        ProgressLine line = ofPhases();
        line.begin(doing, things);
        return line;
    }

    @Override
    public Phase begin(String doing, String things) {
        wipe();
        this.doing = doing;
        this.things = things;
        this.began = nanoTime.getAsLong();
        this.shownAt = began;
        return this;
    }

    @Override
    public void at(long done, long all) {
        long now = nanoTime.getAsLong();
        Duration pause = terminal ? REDRAWN_EVERY : SAID_EVERY;
        if (now - shownAt < pause.toNanos()) {
            return;
        }
        shownAt = now;
        String text = doing + ": " + count(done, all, now - began);
        if (terminal) {
            draw(all > 0 ? bar(done, all) + " " + text : text);
        } else {
            out.println(text + ".");
        }
    }

    /** Takes the bar away; what was done is said by the answer. */
    @Override
    public void close() {
        wipe();
    }

    private void wipe() {
        if (shownWidth > 0) {
            draw("");
            out.print("\r");
            out.flush();
        }
    }

    private void draw(String text) {
        out.print("\r" + text + " ".repeat(Math.max(0, shownWidth - text.length())));
        out.flush();
        shownWidth = text.length();
    }

    private String count(long done, long all, long nanos) {
        if (things.isEmpty()) {
            return Duration.ofNanos(nanos).toSeconds() + " s so far";
        }
        return all > 0
                ? String.format(Locale.ROOT, "%d of %d %s (%d %%)", done, all, things, percent(done, all))
                        + left(done, all, nanos)
                : done + " " + things;
    }

    private static long percent(long done, long all) {
        return Math.min(100, 100 * done / all);
    }

    private static String bar(long done, long all) {
        int filled = (int) Math.min(BAR, BAR * done / all);
        return "[" + "#".repeat(filled) + " ".repeat(BAR - filled) + "]";
    }

    private static String left(long done, long all, long nanos) {
        if (done <= 0 || done >= all || done < all / 100 || nanos < FIRST_ESTIMATE.toNanos()) {
            return "";
        }
        long seconds = (long) Math.ceil(nanos / 1e9 / done * (all - done));
        return seconds < 90 ? ", about " + seconds + " s left" : ", about " + (seconds + 30) / 60 + " min left";
    }
}
